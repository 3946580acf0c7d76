// Finds NumPy's arrays of images and labels by their names: x_train in mnist.npz, train-imgs in kmnist-train-imgs.npz,
// x_train.npy.
import type { DataPart } from '../../../src-shared/data/dataset';
import { partsOfArrayName, type FoundPart } from './named-part';

export const ARRAY_NAME = /\.npy(?:\.gz)?$/i;
/** Of several arrays. */
export const ARRAYS_NAME = /\.npz$/i;

/** @param entries the names of the files in it */
export function npzParts(path: string, file: string, entries: readonly string[]): FoundPart[] {
  const arrays = entries.filter((entry) => entry.endsWith('.npy'));
  const [only] = arrays;
  // A lone array is called arr_0, or anything: the name of the file says what it is.
  if (arrays.length === 1) return arrayPart(path, path, { format: 'npy', file, entry: only });
  return arrays.flatMap((entry) =>
    arrayPart(path, entry, { format: 'npy', file, entry }).map((found) => ({
      ...found,
      array: entry.slice(0, -'.npy'.length),
    })),
  );
}

/** @param name that says what it holds. @returns nothing if it does not say it */
export function arrayPart(path: string, name: string, part: DataPart): FoundPart[] {
  const { content } = partsOfArrayName(name.split('/').at(-1)!);
  return content === undefined ? [] : [{ path, holds: content, part }];
}
