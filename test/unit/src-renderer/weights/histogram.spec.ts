import { describe, expect, it } from 'vitest';
import type { LayerActivation } from '../../../../src-renderer/weights/units';
import {
  activationHistogram,
  gradientHistogram,
  histogramScale,
  weightHistogram,
} from '../../../../src-renderer/weights/histogram';

const histogramOf = (values: number[], activation: LayerActivation) =>
  activationHistogram({ units: 1, values: Float32Array.from(values) }, activation);
const sum = (counts: Uint32Array): number => counts.reduce((total, count) => total + count, 0);

describe('a histogram', () => {
  it('of weights is symmetric around zero, and counts weights beyond its ends in the outermost bars', () => {
    const weights = new Float32Array(1000).fill(0.1);
    weights[0] = -9;
    weights[1] = 9;
    const { low, high, counts, total } = weightHistogram(weights);
    expect(low).toBe(-high);
    expect(high).toBeLessThan(1);
    expect([counts[0], counts.at(-1), sum(counts), total]).toEqual([1, 1, 1000, 1000]);
  });

  it('has zero in the middle of its middle bar', () => {
    const { counts } = weightHistogram(Float32Array.of(-1, 1, 0.001, -0.001, 0));
    expect(counts[20]).toBe(3);
  });

  it('of activations leaves exact zeros out and counts them', () => {
    const { low, high, counts, zeros, total } = histogramOf([0, 0, 0, 1, 2], 'relu');
    expect([low, high, zeros, total, sum(counts)]).toEqual([0, 2, 3, 5, 2]);
    expect(counts.at(-1)).toBe(1);
  });

  it('of activations covers the whole range if it is bounded, and goes below zero only if they do', () => {
    expect(histogramOf([0.2, 0.4], 'sigmoid')).toMatchObject({ low: 0, high: 1 });
    expect(histogramOf([0.2, 0.4], 'tanh')).toMatchObject({ low: -1, high: 1 });
    expect(histogramOf([-0.25, 0.5], 'gelu')).toMatchObject({ low: -0.25, high: 0.5 });
  });

  it('of very many activations counts all of them, on a scale found from a sample', () => {
    const values = Float32Array.from({ length: 600_000 }, (_, k) => (k % 3) + 1);
    const { high, counts } = activationHistogram({ units: 3, values }, 'relu');
    expect([high, sum(counts), counts.at(-1)]).toEqual([3, 600_000, 200_000]);
  });

  it('of gradients comes from the trainer', () => {
    const histogram = Uint32Array.of(1, 5, 2);
    expect(gradientHistogram({ norm: 1, histogram, limit: 0.5 })).toEqual({
      low: -0.5,
      high: 0.5,
      counts: histogram,
      total: 8,
      zeros: 0,
    });
  });

  it('cuts off one bar that would dwarf the others, and no other', () => {
    expect(histogramScale(Uint32Array.of(1, 100, 8))).toEqual({ top: 10, cut: 1 });
    expect(histogramScale(Uint32Array.of(10, 30, 8))).toEqual({ top: 30, cut: undefined });
    expect(histogramScale(Uint32Array.of(0, 7, 0))).toEqual({ top: 7, cut: undefined });
    expect(histogramScale(Uint32Array.of(0, 0))).toEqual({ top: 1, cut: undefined });
  });
});
