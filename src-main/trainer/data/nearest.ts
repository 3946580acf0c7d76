// Finds the training images that are most similar to a test image. Pure functions.
import type { NearestImages } from '../../../src-shared/data/images';
import { pixelsAt, type Dataset } from './dataset';

/**
 * The training images with the smallest Euclidean distance, nearest first; equal distances in the order of the training
 * set.
 * @param image position in the test set; the result is empty if it is beyond the end
 * @param count the most images to return
 */
export function nearestImages({ train, test, info }: Dataset, image: number, count: number): NearestImages {
  const size = info.rows * info.columns;
  const target = test.pixels.subarray(image * size, (image + 1) * size);
  const squares = new Float64Array(target.length < size ? 0 : train.count);
  for (let n = 0; n < squares.length; n++) squares[n] = squaredDistance(target, train.pixels, n * size);
  const indices = smallest(squares, count);
  return {
    image,
    indices,
    labels: Uint16Array.from(indices, (index) => train.labels[index]!),
    distances: Float32Array.from(indices, (index) => Math.sqrt(squares[index]!) / 255),
    pixels: pixelsAt(train, indices, size),
  };
}

function squaredDistance(image: Uint8Array, pixels: Uint8Array, from: number): number {
  let sum = 0;
  for (let k = 0; k < image.length; k++) {
    const difference = image[k]! - pixels[from + k]!;
    sum += difference * difference;
  }
  return sum;
}

/** Positions of the `count` smallest values, smallest first. */
function smallest(values: Float64Array, count: number): Uint32Array {
  const kept: number[] = [];
  for (let n = 0; n < values.length; n++) {
    if (kept.length === count && values[n]! >= values[kept[count - 1]!]!) continue;
    const at = kept.findIndex((other) => values[n]! < values[other]!);
    kept.splice(at < 0 ? kept.length : at, 0, n);
    kept.length = Math.min(kept.length, count);
  }
  return Uint32Array.from(kept);
}
