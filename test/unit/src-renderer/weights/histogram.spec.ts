import { describe, expect, it } from 'vitest';
import { histogramsTable } from '../../../../src-renderer/weights/weights-table';
import { ActivationHistograms, staleLayer } from '../../../../src-renderer/weights/activation-histograms';
import type { Bend } from '../../../../src-renderer/weights/units';
import {
  activationHistogram,
  gradientHistogram,
  histogramScale,
  weightHistogram,
} from '../../../../src-renderer/weights/histogram';

const histogramOf = (values: number[], bend: Bend) =>
  activationHistogram({ units: 1, values: Float32Array.from(values) }, bend);
const sum = (counts: Uint32Array): number => counts.reduce((total, count) => total + count, 0);

describe('a histogram', () => {
  it('of weights is symmetric around zero, and counts every weight, those beyond its ends in the outermost bars', () => {
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

  it('of activations leaves exact zeros out and says how many', () => {
    const { low, high, counts, zeros, total } = histogramOf([0, 0, 0, 1, 2], 'relu');
    expect([low, high, zeros, total, sum(counts)]).toEqual([0, 2, 3, 5, 2]);
    expect(counts.at(-1)).toBe(1);
  });

  it('of activations goes over the whole range where there is one, and below zero where they do', () => {
    expect(histogramOf([0.2, 0.4], 'sigmoid')).toMatchObject({ low: 0, high: 1 });
    expect(histogramOf([0.2, 0.4], 'tanh')).toMatchObject({ low: -1, high: 1 });
    expect(histogramOf([-0.25, 0.5], 'gelu')).toMatchObject({ low: -0.25, high: 0.5 });
  });

  it('of very many activations counts all of them, on a scale that some of them set', () => {
    const values = Float32Array.from({ length: 600_000 }, (_, k) => (k % 3) + 1);
    const { high, counts } = activationHistogram({ units: 3, values }, 'relu');
    expect([high, sum(counts), counts.at(-1)]).toEqual([3, 600_000, 200_000]);
  });

  it('of gradients is the one that the trainer made', () => {
    const histogram = Uint32Array.of(1, 5, 2);
    expect(gradientHistogram({ norm: 1, histogram, limit: 0.5 })).toEqual({
      low: -0.5,
      high: 0.5,
      counts: histogram,
      total: 8,
      zeros: 0,
    });
  });

  it('cuts one bar that would dwarf the others, and no other', () => {
    expect(histogramScale(Uint32Array.of(1, 100, 8))).toEqual({ top: 10, cut: 1 });
    expect(histogramScale(Uint32Array.of(10, 30, 8))).toEqual({ top: 30, cut: undefined });
    expect(histogramScale(Uint32Array.of(0, 7, 0))).toEqual({ top: 7, cut: undefined });
    expect(histogramScale(Uint32Array.of(0, 0))).toEqual({ top: 1, cut: undefined });
  });
});

it('histograms are saved a row a bar, without those that are not known yet', () => {
  const layer = { weight: Float32Array.of(-1, 1), bias: new Float32Array(1), inputs: 2, outputs: 1 };
  const rows = histogramsTable([layer, layer], [], [{ norm: 1, histogram: Uint32Array.of(3, 4), limit: 2 }])
    .trimEnd()
    .split('\r\n');
  expect(rows).toHaveLength(1 + 41 + 2 + 41);
  expect(rows[0]).toBe('layer,what,from,to,count');
  expect(rows.slice(42, 44)).toEqual(['1,gradients,-2,0,3', '1,gradients,0,2,4']);
  expect(rows.at(-1)).toMatch(/^2,weights,.*,1$/);
});

describe('histograms of all layers’ activations', () => {
  const activations = (layer: number, epochs: number, values = [1, 2]) => ({
    layer,
    epochs,
    units: 1,
    values: Float32Array.from(values),
  });
  const bendOf = () => 'relu' as const;

  it('are kept layer by layer, and forgotten with the run', () => {
    const collected = new ActivationHistograms();
    collected.with(1, activations(0, 2), bendOf);
    expect(collected.with(1, activations(2, 3), bendOf).map((known) => known?.epochs)).toEqual([2, undefined, 3]);
    expect(collected.with(2, undefined, bendOf)).toEqual([]);
  });

  it('are not counted again for the same answer', () => {
    const collected = new ActivationHistograms();
    const answer = activations(0, 2);
    expect(collected.with(1, answer, bendOf)).toBe(collected.with(1, answer, bendOf));
  });

  it('do not ask for the first layer again and again where epochs are short', () => {
    const collected = new ActivationHistograms();
    collected.with(1, activations(0, 1.5), bendOf);
    expect(staleLayer(collected.with(1, undefined, bendOf), 2, 2)).toBe(1);
    expect(staleLayer(collected.with(1, activations(1, 2.5), bendOf), 2, 3)).toBe(0);
  });

  it('ask for one layer after the other, and again after an epoch', () => {
    const collected = new ActivationHistograms();
    const asked: (number | undefined)[] = [];
    for (const answer of [undefined, activations(0, 2.5), activations(1, 2.6)])
      asked.push(staleLayer(collected.with(1, answer, bendOf), 2, 2));
    expect(asked).toEqual([0, 1, undefined]);
    expect(staleLayer(collected.with(1, undefined, bendOf), 2, 3)).toBe(0);
    expect(staleLayer(collected.with(1, activations(0, 0.1 + 0.7 + 2.2 - 1e-12), bendOf), 1, 3)).toBeUndefined();
  });
});
