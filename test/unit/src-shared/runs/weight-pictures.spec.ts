import { describe, expect, it } from 'vitest';
import { weightPictures } from '../../../../src-shared/runs/weight-pictures';

describe('weight pictures', () => {
  const pictures = (weight: Float32Array) =>
    weightPictures({ weight, bias: new Float32Array(1), inputs: 4, outputs: weight.length / 4 }, 2, 2);

  it('share one scale, symmetric around zero, that ends at a round number', () => {
    const { limit, pixels, units } = pictures(Float32Array.of(0, 0.11, -0.22, 0.05, 0.23, -0.11, 0, 0));
    expect(limit).toBe(0.25);
    expect(units).toBe(2);
    expect([...pixels]).toEqual([0, 56, -112, 25, 117, -56, 0, 0]);
  });

  it('clip the few weights beyond the scale', () => {
    const weights = new Float32Array(1000).fill(0.1);
    weights[3] = -50;
    const { limit, pixels } = pictures(weights);
    expect(limit).toBeLessThan(0.2);
    expect(pixels[3]).toBe(-127);
  });

  it('are blank if all weights are zero', () => {
    expect(pictures(new Float32Array(4))).toMatchObject({ limit: 1, pixels: new Int8Array(4) });
  });
});
