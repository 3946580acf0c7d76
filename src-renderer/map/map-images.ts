// The test images of a map as flags, counts and rows of a table. Pure.
import type { LoadedDataset, Run } from '../client/training';
import type { Projection } from './projection';

/** @returns [count], 1 for each of these images, 0 otherwise */
export function flagsOf(images: Uint32Array, count: number): Uint8Array {
  const flags = new Uint8Array(count);
  for (const image of images) flags[image] = 1;
  return flags;
}

export function countByClass(labels: Uint16Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++;
  return counts;
}

export const MAP_COLUMNS = ['test image', 'label', 'read as', 'confidence', 'x', 'y'] as const;

/** One row per image of the map; x and y are its unscaled coordinates. */
export function* mapRows(
  { scores }: Projection,
  { info, testLabels }: LoadedDataset,
  predictions: Run['predictions'],
): Iterable<(string | number)[]> {
  const name = (label: number | undefined): string => (label === undefined ? '' : (info.classNames[label] ?? '?'));
  for (let image = 0; image < scores.length / 2; image++) {
    const prediction = predictions ? [name(predictions.predicted[image]), predictions.confidence[image]!] : ['', ''];
    yield [image, name(testLabels[image]), ...prediction, scores[2 * image]!, scores[2 * image + 1]!];
  }
}
