// Makes a test set of part of the training set, if a folder has none.
import { Random } from '../../../../src-shared/nn/rng';
import type { ImageSet } from '../dataset';
import { stratify } from './stratify';

/** A fixed seed, so that the same folder and share always give the same test set. */
export const holdOutRandom = () => new Random(1, 'order');

/**
 * Holds out the same share of each class at random: at least one image if the class has two, but never all. Both parts
 * keep file order. The training pixels are moved within their memory, not copied.
 * @param share 0 to 1
 */
export function holdOut(all: ImageSet, share: number, classes: number): { train: ImageSet; test: ImageSet } {
  const held = stratify(all.labels, classes, share, holdOutRandom());
  const testCount = held.reduce((sum, taken) => sum + taken, 0);

  const size = all.pixels.length / all.count;
  const trainCount = all.count - testCount;
  const test: ImageSet = {
    count: testCount,
    pixels: new Uint8Array(testCount * size),
    labels: new Uint16Array(testCount),
  };
  const train: ImageSet = {
    count: trainCount,
    pixels: all.pixels.subarray(0, trainCount * size),
    labels: new Uint16Array(trainCount),
  };
  let intoTrain = 0;
  let intoTest = 0;
  for (let i = 0; i < all.count; i++) {
    if (held[i]) {
      test.pixels.set(all.pixels.subarray(i * size, (i + 1) * size), intoTest * size);
      test.labels[intoTest++] = all.labels[i]!;
    } else {
      all.pixels.copyWithin(intoTrain * size, i * size, (i + 1) * size);
      train.labels[intoTrain++] = all.labels[i]!;
    }
  }
  return { train, test };
}
