import { expect, it } from 'vitest';
import { augmentSamples } from '../../../../../../src-main/trainer/data/augment/augment-samples';
import { PLAIN_SETTINGS } from '../../../../../../src-shared/settings/presets';
import { randomDataset } from '../../../../../fixtures/random-dataset';

const dataset = randomDataset({ train: 9, pixels: 4, classes: 3 });
dataset.train.labels.set([0, 0, 0, 2, 0, 1, 2, 0, 0]);

it('samples are the first image of each class, then the second of each, as long as there are any', () => {
  const indices = (count: number) => [...augmentSamples(dataset, PLAIN_SETTINGS, count).indices];
  expect(indices(2)).toEqual([0, 5]);
  expect(indices(6)).toEqual([0, 5, 3, 1, 6, 2]);
  expect(indices(100)).toEqual([0, 5, 3, 1, 6, 2, 4, 7, 8]);
});

it('samples are copies of the originals if augmentation is off', () => {
  const { pixels } = augmentSamples(dataset, PLAIN_SETTINGS, 2);
  expect(pixels).toEqual(
    Uint8Array.from([...dataset.train.pixels.subarray(0, 4), ...dataset.train.pixels.subarray(20, 24)]),
  );
  expect(pixels.buffer).not.toBe(dataset.train.pixels.buffer);
});
