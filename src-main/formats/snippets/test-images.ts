// Facts about the test images that the programs of all languages need.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { IdxTestSource, TestSource } from '../../../src-shared/data/test-source';
import { usualTestSource } from './usual-test-source';

/** The pixels of MNIST's files are bytes. */
const USUAL_PIXELS = { scale: 1 / 255, offset: 0 } as const;

/** True if the images are bytes that only need a division by 255. */
export function hasUsualPixels(source: TestSource): boolean {
  const { kind, scale, offset } = source;
  return kind === 'idx' && source.plainBytes && scale === USUAL_PIXELS.scale && offset === USUAL_PIXELS.offset;
}

/** @returns the files, and a note if their names and formats are only an assumption */
export function testSourceFor(dataset: Checkpoint['dataset']): { source: TestSource; note: string | undefined } {
  if (dataset.testSource) return { source: dataset.testSource, note: undefined };
  const usual = usualTestSource(dataset);
  if (usual) return { source: usual, note: 'The test images of the dataset, under their usual names' };
  const note =
    'Version 0.1 of the app trained this network and did not store the names of its files: please replace these ' +
    'by those of your test images';
  return { source: usualTestSource({ ...dataset, name: 'MNIST' })!, note };
}

/** A byte from 0 to 255 is (number in the file − from) × factor, rounded. */
export function pixelRange({ scale, offset }: Pick<TestSource, 'scale' | 'offset'>): { from: number; factor: number } {
  const short = (value: number) => Number(value.toPrecision(12)) || 0;
  return { from: short(-offset / scale), factor: short(255 * scale) };
}

/** True if the labels of the classes are consecutive. */
export function hasNumbersInOrder(classLabels: readonly number[]): boolean {
  return classLabels.every((label, k) => label === firstLabel(classLabels) + k);
}

export function firstLabel(classLabels: readonly number[]): number {
  return classLabels[0] ?? 0;
}

/** True if the files have the format of MNIST's test set: bytes, possibly under other names or transposed. */
export function isAsMnist(source: TestSource): source is IdxTestSource {
  return hasUsualPixels(source) && source.labelForm === 'number' && source.heldOut === undefined;
}
