import { expect, it } from 'vitest';
import { nearestImages } from '../../../../../src-main/trainer/data/nearest';
import type { Dataset } from '../../../../../src-main/trainer/data/dataset';
import { loadMnist } from '../../../../fixtures/mnist';
import { randomDataset } from '../../../../fixtures/random-dataset';

/** Sorts all distances: slow but simple. */
function allDistances({ train, test, info }: Dataset, image: number) {
  const size = info.rows * info.columns;
  const distance = (n: number) =>
    Math.hypot(
      ...Array.from({ length: size }, (_, k) => (test.pixels[image * size + k]! - train.pixels[n * size + k]!) / 255),
    );
  return Array.from({ length: train.count }, (_, n) => ({ n, d: distance(n) })).sort((a, b) => a.d - b.d || a.n - b.n);
}

it('finds the same images in the same order as sorting all distances', () => {
  const dataset = randomDataset({ train: 200, test: 3, pixels: 12 });
  const { image, indices, labels, distances, pixels } = nearestImages(dataset, 2, 9);
  const expected = allDistances(dataset, 2).slice(0, 9);
  expect(image).toBe(2);
  expect([...indices]).toEqual(expected.map(({ n }) => n));
  expected.forEach(({ d }, k) => expect(distances[k]).toBeCloseTo(d, 6));
  expect([...labels]).toEqual(expected.map(({ n }) => dataset.train.labels[n]));
  expect(pixels.subarray(12, 24)).toEqual(dataset.train.pixels.subarray(12 * indices[1]!, 12 * indices[1]! + 12));
});

it('puts the first of equal images first', () => {
  const dataset = randomDataset({ train: 5, test: 1, pixels: 4, zeroShare: 1 });
  expect([...nearestImages(dataset, 0, 3).indices]).toEqual([0, 1, 2]);
});

it('gives all images if more are requested, and none for an image that does not exist', () => {
  const dataset = randomDataset({ train: 5, test: 1, pixels: 4 });
  expect(nearestImages(dataset, 0, 100).indices).toHaveLength(5);
  expect(nearestImages(dataset, 7, 3).indices).toHaveLength(0);
});

it('finds digits of the same class for most test images of MNIST', async () => {
  const mnist = await loadMnist();
  const right = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10].filter(
    (image) => nearestImages(mnist, image, 1).labels[0] === mnist.test.labels[image],
  );
  expect(right.length).toBe(10);
});
