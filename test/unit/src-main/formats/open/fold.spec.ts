import { describe, expect, it } from 'vitest';
import {
  batchNormAffine,
  composed,
  foldAfter,
  foldBefore,
  hasOnlyFiniteNumbers,
  roundedLayer,
  type Affine,
  type LinearLayer,
} from '../../../../../src-main/formats/open/fold';

const LAYER: LinearLayer = {
  inputs: 3,
  outputs: 2,
  weight: Float32Array.of(1, -2, 3, 0.5, 0, -1),
  bias: Float32Array.of(10, -4),
};
const X = [0.3, -0.7, 2];
const PER_INPUT: Affine = { scale: [2, -1, 0.1], offset: [5, 0, -3] };
const PER_OUTPUT: Affine = { scale: [3, -2], offset: [1, 7] };

function outputs({ weight, bias, inputs }: LinearLayer, x: readonly number[]): number[] {
  return Array.from(bias, (start, o) => x.reduce((sum, value, i) => sum + weight[o * inputs + i]! * value, start));
}

function mapped({ scale, offset }: Affine, x: readonly number[]): number[] {
  return x.map((value, k) => (scale[k] ?? scale[0]!) * value + (offset[k] ?? offset[0]!));
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 12));
}

describe('a folded layer gives the same outputs', () => {
  it('if a scale and an offset for each feature come before it', () => {
    expectClose(outputs(foldBefore(LAYER, PER_INPUT), X), outputs(LAYER, mapped(PER_INPUT, X)));
  });

  it('if one scale and one offset for all features come before it', () => {
    const all = { scale: [1 / 255], offset: [-0.5] };
    expectClose(outputs(foldBefore(LAYER, all), X), outputs(LAYER, mapped(all, X)));
  });

  it('if they come after it', () => {
    expectClose(outputs(foldAfter(LAYER, PER_OUTPUT), X), mapped(PER_OUTPUT, outputs(LAYER, X)));
    const all = { scale: [0.25], offset: [-1] };
    expectClose(outputs(foldAfter(LAYER, all), X), mapped(all, outputs(LAYER, X)));
  });

  it('and the layer that was given is left as it was', () => {
    foldBefore(LAYER, PER_INPUT);
    foldAfter(LAYER, PER_OUTPUT);
    expect(LAYER.weight).toEqual(Float32Array.of(1, -2, 3, 0.5, 0, -1));
    expect(LAYER.bias).toEqual(Float32Array.of(10, -4));
  });
});

it('two maps become one, the second after the first, whether they have one number or one for each feature', () => {
  const second = { scale: [4], offset: [1, 2, 3] };
  expectClose(mapped(composed(PER_INPUT, second), X), mapped(second, mapped(PER_INPUT, X)));
  const halving = { scale: [0.5], offset: [1] };
  expectClose(mapped(composed(halving, PER_INPUT), X), mapped(PER_INPUT, mapped(halving, X)));
});

it('batch normalization is a map of its features, with and without gamma and beta', () => {
  const [mean, variance, epsilon] = [[1, -2, 3], [4, 0.25, 9], 1e-3];
  const normalized = X.map((value, k) => (value - mean[k]!) / Math.sqrt(variance[k]! + epsilon));
  expectClose(mapped(batchNormAffine({ gamma: undefined, beta: undefined, mean, variance, epsilon }), X), normalized);
  const [gamma, beta] = [
    [2, 3, -1],
    [0.1, 0.2, 0.3],
  ];
  const expected = normalized.map((value, k) => gamma[k]! * value + beta[k]!);
  expectClose(mapped(batchNormAffine({ gamma, beta, mean, variance, epsilon }), X), expected);
});

it('numbers are rounded once, and those that float32 cannot hold are found', () => {
  const folded = foldBefore({ ...LAYER, weight: [0.1, 0, 0, 0, 0, 0] }, { scale: [0.1], offset: [0] });
  expect(folded.weight[0]).toBe(0.1 * 0.1);
  expect(roundedLayer(folded).weight[0]).toBe(Math.fround(0.1 * 0.1));
  expect(hasOnlyFiniteNumbers(roundedLayer(folded))).toBe(true);
  const divided = foldAfter(
    LAYER,
    batchNormAffine({ gamma: undefined, beta: undefined, mean: [0, 0], variance: [0, 1], epsilon: 0 }),
  );
  expect(hasOnlyFiniteNumbers(roundedLayer(divided))).toBe(false);
  expect(hasOnlyFiniteNumbers(roundedLayer({ ...LAYER, bias: [1e300, 0] }))).toBe(false);
});
