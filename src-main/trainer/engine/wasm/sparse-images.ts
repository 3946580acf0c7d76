// The inked pixels of a set of images, those that are not zero, in the form that the sparse first layer reads. Finding
// them takes a tenth of a second for MNIST, and all networks on a dataset need the same ones. So they can be found
// once, before the first network needs them.
import type { ImageSet } from '../../data/dataset';

/** Compressed sparse rows. */
export interface SparseImages {
  /** [count, 2]: where the lists of an image begin and end */
  starts: Uint32Array;
  /** The position of each inked pixel in its image. */
  positions: Uint16Array;
  /** The value of each inked pixel, 1 to 255. */
  values: Uint8Array;
}

/** Twice as many as MNIST has. The lists of larger sets would take too much memory beside the network's own copy. */
const MOST_PREPARED_PIXELS = 100_000_000;

/** The lists of each set, by its pixels, which never change. */
const prepared = new WeakMap<Uint8Array, SparseImages>();

/** Finds the lists in advance, to save time later. @param set with at most 65,536 pixels per image */
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

/** The number of pixels that are not zero. */
export function countInked({ pixels }: ImageSet): number {
  const known = prepared.get(pixels);
  if (known) return known.values.length;
  let count = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] !== 0) count++;
  return count;
}

/** @param into has room for all inked pixels */
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
