// Copies a set of images to where the threads see it: all pixels, or only those that are not zero.
import type { ImageSet } from '../data/dataset';
import type { ImagesPlan } from './memory-layout';

export function writeImages(buffer: ArrayBufferLike, plan: ImagesPlan, set: ImageSet): void {
  new Uint16Array(buffer, plan.labels, set.count).set(set.labels);
  if (plan.starts === 0) new Uint8Array(buffer, plan.pixels, set.pixels.length).set(set.pixels);
  else writeSparse(buffer, plan, set);
}

/** Compressed sparse rows: for each image where its lists begin and end; for each pixel that is not zero its position and value. */
function writeSparse(buffer: ArrayBufferLike, plan: ImagesPlan, { count, pixels }: ImageSet): void {
  const size = pixels.length / count;
  const starts = new Uint32Array(buffer, plan.starts, 2 * count);
  const positions = new Uint16Array(buffer, plan.positions);
  const values = new Uint8Array(buffer, plan.values);
  let next = 0;
  for (let n = 0, k = 0; n < count; n++) {
    starts[2 * n] = next;
    for (let i = 0; i < size; i++, k++) {
      const value = pixels[k]!;
      if (value === 0) continue;
      positions[next] = i;
      values[next] = value;
      next++;
    }
    starts[2 * n + 1] = next;
  }
}
