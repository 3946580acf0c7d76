// A dataset in memory: training and test images with their labels.
import type { DatasetInfo } from '../../../src-shared/data/dataset';

export interface ImageSet {
  count: number;
  /** [count, rows × columns], 0 background to 255 ink. */
  pixels: Uint8Array;
  /** [count], class numbers from 0. */
  labels: Uint16Array;
}

export interface Dataset {
  info: DatasetInfo;
  train: ImageSet;
  test: ImageSet;
}

/** The first training images of each class, in the order of the classes. */
export function sampleImages(
  { train, info }: Dataset,
  perClass: number,
): { samples: Uint8Array; sampleLabels: Uint16Array } {
  const size = info.rows * info.columns;
  const found = info.classNames.map((): number[] => []);
  let missing = info.classNames.length * perClass;
  for (let i = 0; i < train.count && missing > 0; i++) {
    const ofClass = found[train.labels[i]!]!;
    if (ofClass.length === perClass) continue;
    ofClass.push(i);
    missing--;
  }
  const chosen = found.flat();
  return {
    samples: pixelsAt(train, chosen, size),
    sampleLabels: Uint16Array.from(chosen, (index) => train.labels[index]!),
  };
}

/** The images at these positions of a set, one after the other. @param size pixels of an image */
export function pixelsAt({ pixels }: ImageSet, indices: ArrayLike<number>, size: number): Uint8Array {
  const gathered = new Uint8Array(indices.length * size);
  for (let k = 0; k < indices.length; k++)
    gathered.set(pixels.subarray(indices[k]! * size, (indices[k]! + 1) * size), k * size);
  return gathered;
}
