// Picks the training images on which networks from files are tried out.
import type { TrialImages } from '../../../src-shared/data/trial-images';
import { pixelsAt, type Dataset } from './dataset';

const MOST_IMAGES = 512;
const MOST_BYTES = 1 << 20;
/** Number of pixels whose squares, at most 255² each, add up to less than 2³¹. */
const BLOCK = 1 << 14;

/** Picks images evenly from the whole training set, because files may be sorted by class. */
export function pickTrialImages({ train, info }: Pick<Dataset, 'train' | 'info'>): TrialImages {
  const size = info.rows * info.columns;
  const count = Math.min(MOST_IMAGES, Math.floor(MOST_BYTES / size), train.count);
  const chosen = Array.from({ length: count }, (_, k) => Math.floor((k * train.count) / count));
  return {
    pixels: pixelsAt(train, chosen, size),
    labels: Uint16Array.from(chosen, (index) => train.labels[index]!),
    ...statisticsOf(train.pixels),
  };
}

function statisticsOf(pixels: Uint8Array): Pick<TrialImages, 'mean' | 'deviation'> {
  let sum = 0;
  let squares = 0;
  for (let from = 0; from < pixels.length; from += BLOCK) {
    const to = Math.min(pixels.length, from + BLOCK);
    let blockSum = 0;
    let blockSquares = 0;
    for (let i = from; i < to; i++) {
      const pixel = pixels[i]!;
      blockSum = (blockSum + pixel) | 0;
      blockSquares = (blockSquares + pixel * pixel) | 0;
    }
    sum += blockSum;
    squares += blockSquares;
  }
  const mean = sum / pixels.length;
  const variance = Math.max(0, squares / pixels.length - mean * mean);
  return { mean: rounded(mean / 255), deviation: rounded(Math.sqrt(variance) / 255) };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
