// One image of the test set. Pure.
import type { LoadedDataset } from './training';

/** Its pixels, as a view: [rows × columns]. @param index position in the test set, from 0 */
export function testImage({ info, testImages }: Pick<LoadedDataset, 'info' | 'testImages'>, index: number): Uint8Array {
  const size = info.rows * info.columns;
  return testImages.subarray(index * size, (index + 1) * size);
}
