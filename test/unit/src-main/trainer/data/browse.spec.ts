import { describe, expect, it } from 'vitest';
import type { BrowseRequest } from '../../../../../src-shared/data/data-arguments';
import { browse, meanImages } from '../../../../../src-main/trainer/data/browse';
import { randomDataset } from '../../../../fixtures/random-dataset';

const dataset = randomDataset({ train: 500, test: 90, pixels: 6, classes: 7, zeroShare: 0.3 });
const page = (request: Partial<BrowseRequest>) =>
  browse(dataset, { set: 'train', label: null, from: 0, count: 10, ...request });

describe('a page of images', () => {
  it('is empty beyond the end, and for a class that does not exist', () => {
    expect(page({ from: 500 })).toMatchObject({
      total: 500,
      indices: new Uint32Array(0),
      labels: new Uint16Array(0),
      pixels: new Uint8Array(0),
    });
    expect(page({ from: 1_000_000, label: 2 }).indices).toHaveLength(0);
    expect(page({ label: 999 })).toMatchObject({ total: 0, indices: new Uint32Array(0) });
  });

  it('has the images of all classes in file order', () => {
    const { indices, labels, pixels, total, request } = page({ from: 495, count: 10 });
    expect([...indices]).toEqual([495, 496, 497, 498, 499]);
    expect(total).toBe(500);
    expect(request).toEqual({ set: 'train', label: null, from: 495, count: 10 });
    expect(labels).toEqual(dataset.train.labels.slice(495));
    expect(pixels).toEqual(dataset.train.pixels.slice(495 * 6));
  });

  it('has the images of one class, and successive pages have all of them', () => {
    const expected = [...dataset.test.labels.keys()].filter((i) => dataset.test.labels[i] === 3);
    const found: number[] = [];
    for (let from = 0; from < expected.length; from += 4) {
      const { indices, labels, pixels, total } = page({ set: 'test', label: 3, from, count: 4 });
      expect(total).toBe(expected.length);
      expect([...labels]).toEqual(new Array(indices.length).fill(3));
      indices.forEach((index, k) =>
        expect(pixels.slice(6 * k, 6 * k + 6)).toEqual(dataset.test.pixels.slice(6 * index, 6 * index + 6)),
      );
      found.push(...indices);
    }
    expect(expected.length).toBeGreaterThan(8);
    expect(found).toEqual(expected);
  });
});

describe('mean images', () => {
  it('are the rounded mean of each pixel in each class', () => {
    const set = { count: 4, pixels: Uint8Array.of(0, 10, 255, 3, 1, 20, 254, 4), labels: Uint16Array.of(2, 0, 2, 0) };
    expect([...meanImages(set, 3, 2)]).toEqual([255, 4, 0, 0, 1, 15]);
  });

  it('do not overflow', () => {
    const count = 17_000;
    const set = { count, pixels: new Uint8Array(count * 4).fill(255), labels: new Uint16Array(count) };
    expect([...meanImages(set, 2, 4)]).toEqual([255, 255, 255, 255, 0, 0, 0, 0]);
  });
});
