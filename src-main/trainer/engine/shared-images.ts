// Copies a set of images to where the threads see it: all pixels, or only those that are not zero.
import type { ImageSet } from '../data/dataset';
import type { ImagesPlan } from './memory-layout';
import { sparseImages } from './sparse-images';

export function writeImages(buffer: ArrayBufferLike, plan: ImagesPlan, set: ImageSet): void {
  new Uint16Array(buffer, plan.labels, set.count).set(set.labels);
  if (plan.starts === 0) {
    new Uint8Array(buffer, plan.pixels, set.pixels.length).set(set.pixels);
    return;
  }
  const { starts, positions, values } = sparseImages(set);
  new Uint32Array(buffer, plan.starts, starts.length).set(starts);
  new Uint16Array(buffer, plan.positions, positions.length).set(positions);
  new Uint8Array(buffer, plan.values, values.length).set(values);
}
