// Makes a test set of part of the training set, where a folder has none.
import { Random } from '../../../../src-shared/nn/rng';
import type { ImageSet } from '../dataset';
import { stratify } from './stratify';

/** Always the same, so that the same folder and share give the same test set. */
export const holdOutRandom = () => new Random(1, 'order');

/**
 * Takes the same share of each class at random, but leaves at least one image to train with, and takes at least one
 * where there are two. Both parts keep the order of the file. The pixels of the training part are moved within their
 * memory, not copied.
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
