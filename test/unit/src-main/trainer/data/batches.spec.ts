import { describe, expect, it } from 'vitest';
import {
  batchesPerEpoch,
  epochPermutation,
  labelsAt,
  scaledPixels,
} from '../../../../../src-main/trainer/data/batches';
import { Random } from '../../../../../src-shared/nn/rng';

const SET = { count: 3, pixels: Uint8Array.of(0, 255, 51, 102, 1, 254), labels: Uint16Array.of(7, 8, 9) };

describe('batches', () => {
  it('drop the last partial batch', () => {
    expect(batchesPerEpoch(60_000, 64)).toBe(937);
    const permutation = epochPermutation(new Random(1, 'order'), 10, 4);
    expect(permutation.length).toBe(8);
    expect(new Set(permutation).size).toBe(8);
  });

  it('come in a new permutation each epoch', () => {
    const random = new Random(1, 'order');
    expect([...epochPermutation(random, 100, 10)]).not.toEqual([...epochPermutation(random, 100, 10)]);
  });

  it('hold pixels from 0 to 1 and the labels beside them', () => {
    expect([...scaledPixels(SET, [2, 0], 'float64').data]).toEqual([1 / 255, 254 / 255, 0, 1]);
    expect([...scaledPixels(SET, [1], 'float32').data]).toEqual([Math.fround(51 / 255), Math.fround(102 / 255)]);
    expect([...labelsAt(SET, [2, 0])]).toEqual([9, 7]);
  });
});
