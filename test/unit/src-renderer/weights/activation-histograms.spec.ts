import { describe, expect, it } from 'vitest';
import { ActivationHistograms, staleLayer } from '../../../../src-renderer/weights/activation-histograms';

describe('histograms of all layers’ activations', () => {
  const activations = (layer: number, epochs: number, values = [1, 2]) => ({
    layer,
    epochs,
    units: 1,
    values: Float32Array.from(values),
  });
  const activationOf = () => 'relu' as const;

  it('are collected layer by layer, and dropped with the run', () => {
    const collected = new ActivationHistograms();
    collected.with(1, activations(0, 2), activationOf);
    expect(collected.with(1, activations(2, 3), activationOf).map((known) => known?.epochs)).toEqual([2, undefined, 3]);
    expect(collected.with(2, undefined, activationOf)).toEqual([]);
  });

  it('are not computed again for the same activations', () => {
    const collected = new ActivationHistograms();
    const answer = activations(0, 2);
    expect(collected.with(1, answer, activationOf)).toBe(collected.with(1, answer, activationOf));
  });

  it('do not request the first layer again and again if epochs are short', () => {
    const collected = new ActivationHistograms();
    collected.with(1, activations(0, 1.5), activationOf);
    expect(staleLayer(collected.with(1, undefined, activationOf), 2, 2)).toBe(1);
    expect(staleLayer(collected.with(1, activations(1, 2.5), activationOf), 2, 3)).toBe(0);
  });

  it('request one layer after the other, and again after an epoch', () => {
    const collected = new ActivationHistograms();
    const asked: (number | undefined)[] = [];
    for (const answer of [undefined, activations(0, 2.5), activations(1, 2.6)])
      asked.push(staleLayer(collected.with(1, answer, activationOf), 2, 2));
    expect(asked).toEqual([0, 1, undefined]);
    expect(staleLayer(collected.with(1, undefined, activationOf), 2, 3)).toBe(0);
    expect(staleLayer(collected.with(1, activations(0, 0.1 + 0.7 + 2.2 - 1e-12), activationOf), 1, 3)).toBeUndefined();
  });
});
