import { describe, expect, it } from 'vitest';
import type { DatasetInfo } from '../../../../../src-shared/data/dataset';
import { pickTrialImages } from '../../../../../src-main/trainer/data/trial-images';

function setOf(count: number, rows: number, columns: number) {
  const train = {
    count,
    pixels: Uint8Array.from({ length: count * rows * columns }, (_, n) => (n * 7) % 256),
    labels: Uint16Array.from({ length: count }, (_, k) => Math.floor(k / 300)),
  };
  return { train, info: { rows, columns } as DatasetInfo };
}

describe('trial images', () => {
  it('are spread evenly over all training images, at most 512 of them and one mebibyte', () => {
    const few = pickTrialImages(setOf(3, 2, 2));
    expect(few.pixels).toEqual(setOf(3, 2, 2).train.pixels);
    const many = pickTrialImages(setOf(1500, 2, 2));
    expect(many.labels).toHaveLength(512);
    expect([0, 1, 2, 3, 4].map((label) => many.labels.filter((one) => one === label).length)).toEqual([
      103, 102, 103, 102, 102,
    ]);
    expect(pickTrialImages(setOf(20, 256, 256)).labels).toHaveLength(16);
  });

  it('come with the mean and standard deviation of all pixels, also of several blocks', () => {
    const set = setOf(1500, 4, 4);
    const { pixels } = set.train;
    const mean = pixels.reduce((sum, pixel) => sum + pixel / 255, 0) / pixels.length;
    const deviation = Math.sqrt(pixels.reduce((sum, pixel) => sum + (pixel / 255 - mean) ** 2, 0) / pixels.length);
    expect(pickTrialImages(set)).toMatchObject({
      mean: Number(mean.toFixed(4)),
      deviation: Number(deviation.toFixed(4)),
    });
  });
});
