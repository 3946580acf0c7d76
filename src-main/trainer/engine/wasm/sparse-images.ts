// The pixels of a set of images that are not zero, as the sparse first layer reads them. Finding them takes a tenth of
// a second for MNIST, and every network that is trained on a dataset reads the same ones: so they may be found once,
// before the first needs them.
import type { ImageSet } from '../../data/dataset';

/** Compressed sparse rows. */
export interface SparseImages {
  /** [count, 2]: where the lists of an image begin and end */
  starts: Uint32Array;
  /** Of each pixel that is not zero: its position in the image … */
  positions: Uint16Array;
  /** … and its value, 1 to 255. */
  values: Uint8Array;
}

/** Lists of larger sets would take too much memory beside the network's own copy. Twice as many as MNIST's. */
const MOST_PREPARED_PIXELS = 100_000_000;

/** By their pixels, which never change. */
const prepared = new WeakMap<Uint8Array, SparseImages>();

/** Only saves time later. @param set of at most 65,536 pixels an image */
export function prepareSparse(set: ImageSet): void {
  if (set.pixels.length > MOST_PREPARED_PIXELS || prepared.has(set.pixels)) return;
  const inked = countInked(set);
  const lists = {
    starts: new Uint32Array(2 * set.count),
    positions: new Uint16Array(inked),
    values: new Uint8Array(inked),
  };
  findPixels(set, lists);
  prepared.set(set.pixels, lists);
}

/** Pixels that are not zero. */
export function countInked({ pixels }: ImageSet): number {
  const known = prepared.get(pixels);
  if (known) return known.values.length;
  let count = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] !== 0) count++;
  return count;
}

/** @param into with room for all of them */
export function writeSparse(set: ImageSet, into: SparseImages): void {
  const known = prepared.get(set.pixels);
  if (!known) return findPixels(set, into);
  into.starts.set(known.starts);
  into.positions.set(known.positions);
  into.values.set(known.values);
}

function findPixels({ count, pixels }: ImageSet, { starts, positions, values }: SparseImages): void {
  const size = pixels.length / count;
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
