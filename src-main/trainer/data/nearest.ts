// Which training images look most like a test image. Pure.
import type { NearestImages } from '../../../src-shared/data/images';
import { pixelsAt, type Dataset } from './dataset';

/**
 * Compares a test image with every training image, pixel by pixel; of equals the first in the training set comes first.
 * @param image position in the test set; beyond its end nothing is near
 * @param count at most so many
 */
export function nearestImages({ train, test, info }: Dataset, image: number, count: number): NearestImages {
  const size = info.rows * info.columns;
  const wanted = test.pixels.subarray(image * size, (image + 1) * size);
  const squares = new Float64Array(wanted.length < size ? 0 : train.count);
  for (let n = 0; n < squares.length; n++) squares[n] = squaredDistance(wanted, train.pixels, n * size);
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

/** Positions of the smallest values, smallest first. */
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
