// Copies a set of images into shared memory: all pixels, or only those that are not zero.
import type { ImageSet } from '../../data/dataset';
import type { ImagesPlan } from './memory-layout';
import { writeSparse } from './sparse-images';

export function writeImages(buffer: ArrayBufferLike, plan: ImagesPlan, set: ImageSet): void {
  new Uint16Array(buffer, plan.labels, set.count).set(set.labels);
  if (plan.starts === 0) new Uint8Array(buffer, plan.pixels, set.pixels.length).set(set.pixels);
  else
    writeSparse(set, {
      starts: new Uint32Array(buffer, plan.starts, 2 * set.count),
      positions: new Uint16Array(buffer, plan.positions),
      values: new Uint8Array(buffer, plan.values),
    });
}
