// Selects the images of batches, and scales their pixels for the network's input.
import type { Precision } from '../../../src-shared/settings/settings';
import { Matrix } from '../../../src-shared/nn/matrix';
import type { Random } from '../../../src-shared/nn/rng';
import type { ImageSet } from './dataset';

/** Whole batches of an epoch. The last, partial batch is dropped. */
export function batchesPerEpoch(imageCount: number, batchSize: number): number {
  return Math.floor(imageCount / batchSize);
}

/**
 * A random permutation of image positions, cut to whole batches: [batches × batchSize].
 * @param images positions of the images, or a number of images from the first
 */
export function epochPermutation(random: Random, images: number | Uint32Array, batchSize = 1): Uint32Array {
  const count = typeof images === 'number' ? images : images.length;
  const permutation = random.permutation(count).subarray(0, batchesPerEpoch(count, batchSize) * batchSize);
  return typeof images === 'number' ? permutation : permutation.map((k) => images[k]!);
}

/** Pixels of the images at these positions as [batch, pixels], scaled from 0–255 to 0–1. */
export function scaledPixels(set: ImageSet, positions: ArrayLike<number>, precision: Precision): Matrix {
  const size = set.pixels.length / set.count;
  const input = Matrix.zeros(positions.length, size, precision);
  for (let n = 0; n < positions.length; n++) {
    const row = input.row(n);
    const start = positions[n]! * size;
    for (let i = 0; i < size; i++) row[i] = set.pixels[start + i]! / 255;
  }
  return input;
}

/** Labels of the images at these positions, [batch]. */
export function labelsAt(set: ImageSet, positions: ArrayLike<number>): Uint16Array {
  return Uint16Array.from(positions, (position) => set.labels[position]!);
}
