import { describe, expect, it } from 'vitest';
import { findMistakes } from '../../../../src-main/trainer/evaluate';
import { weightPictures } from '../../../../src-main/trainer/weight-pictures';

describe('mistakes', () => {
  it('are the images whose prediction is not their label, worst loss first', () => {
    const mistakes = findMistakes(
      {
        predicted: Uint16Array.of(1, 2, 3, 4, 5),
        confidence: Float32Array.of(0.9, 0.5, 0.75, 0.25, 1),
        loss: Float64Array.of(0.1, 2, 5, 2, 0),
      },
      Uint16Array.of(1, 9, 9, 9, 5),
    );
    expect([...mistakes.index]).toEqual([2, 1, 3]);
    expect([...mistakes.predicted]).toEqual([3, 2, 4]);
    expect([...mistakes.confidence]).toEqual([0.75, 0.5, 0.25]);
    expect([...mistakes.loss]).toEqual([5, 2, 2]);
  });
});

describe('weight pictures', () => {
  const pictures = (weight: Float32Array) => weightPictures({ weight, bias: new Float32Array(1), inputs: 4, outputs: weight.length / 4 }, 2, 2);

  it('share one scale, symmetric around zero, that ends at a round number', () => {
    const { limit, pixels, units } = pictures(Float32Array.of(0, 0.11, -0.22, 0.05, 0.23, -0.11, 0, 0));
    expect(limit).toBe(0.25);
    expect(units).toBe(2);
    expect([...pixels]).toEqual([0, 56, -112, 25, 117, -56, 0, 0]);
  });

  it('draw the few weights beyond the scale at its end', () => {
    const weights = new Float32Array(1000).fill(0.1);
    weights[3] = -50;
    const { limit, pixels } = pictures(weights);
    expect(limit).toBeLessThan(0.2);
    expect(pixels[3]).toBe(-127);
  });

  it('are blank where all weights are zero', () => {
    expect(pictures(new Float32Array(4))).toMatchObject({ limit: 1, pixels: new Int8Array(4) });
  });
});
