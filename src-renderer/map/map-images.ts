// The test images of a map as sets, counts and rows of a table. Pure.
import type { LoadedDataset, Run } from '../client/training';
import type { Projection } from './projection';

/** [count], 1 where an image is one of these. */
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

/** A row for every image of the map; x and y are its numbers along the axes. */
export function* mapRows(
  { scores }: Projection,
  { info, testLabels }: LoadedDataset,
  predictions: Run['predictions'],
): Iterable<(string | number)[]> {
  const name = (label: number | undefined): string => (label === undefined ? '' : (info.classNames[label] ?? '?'));
  for (let image = 0; image < scores.length / 2; image++) {
    const reading = predictions ? [name(predictions.predicted[image]), predictions.confidence[image]!] : ['', ''];
    yield [image, name(testLabels[image]), ...reading, scores[2 * image]!, scores[2 * image + 1]!];
  }
}
