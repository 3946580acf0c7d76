// One image of the test set. Pure.
import type { LoadedDataset } from './training';

type TestImages = Pick<LoadedDataset, 'info' | 'testImages'>;

const views = new WeakMap<TestImages['testImages'], Map<number, Uint8Array>>();

/** Pixels [rows × columns] as a view, the same object at every call. @param index position in the test set, from 0 */
export function testImage({ info, testImages }: TestImages, index: number): Uint8Array {
  const known = views.get(testImages) ?? new Map<number, Uint8Array>();
  views.set(testImages, known);
  const size = info.rows * info.columns;
  const view = known.get(index) ?? testImages.subarray(index * size, (index + 1) * size);
  known.set(index, view);
  return view;
}
