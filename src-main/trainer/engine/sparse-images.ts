// The pixels of a set of images that are not zero, as the sparse first layer reads them. They are found once for each set: that takes a
// tenth of a second for MNIST, and every network that is trained on a dataset reads the same ones.
import type { ImageSet } from '../data/dataset';

/** Compressed sparse rows. */
export interface SparseImages {
  /** [count, 2]: where the lists of an image begin and end */
  starts: Uint32Array;
  /** Of each pixel that is not zero: its position in the image … */
  positions: Uint16Array;
  /** … and its value, 1 to 255. */
  values: Uint8Array;
}

/** By their pixels, which never change. */
const known = new WeakMap<Uint8Array, SparseImages>();

/** @param set of at most 65,536 pixels an image */
export function sparseImages(set: ImageSet): SparseImages {
  const found = known.get(set.pixels) ?? findPixels(set);
  known.set(set.pixels, found);
  return found;
}

function findPixels({ count, pixels }: ImageSet): SparseImages {
  const size = pixels.length / count;
  const starts = new Uint32Array(2 * count);
  const inked = countNonzero(pixels);
  const positions = new Uint16Array(inked);
  const values = new Uint8Array(inked);
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
  return { starts, positions, values };
}

function countNonzero(pixels: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] !== 0) count++;
  return count;
}
