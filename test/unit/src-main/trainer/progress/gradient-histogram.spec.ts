import { expect, it } from 'vitest';
import { describeGradient, GRADIENT_BINS } from '../../../../../src-main/trainer/progress/gradient-histogram';

const described = (weight: number[], bias: number[]) =>
  describeGradient({
    weight: Float32Array.from(weight),
    bias: Float32Array.from(bias),
    inputs: weight.length,
    outputs: bias.length,
  });

it('has the norm of its weights and biases together', () => {
  expect(described([3, 0], [4]).norm).toBe(5);
});

it('has zeros in the middle bin, and every weight in one bin', () => {
  const { histogram, limit } = described([0, 0, 0, -0.5, 0.5, 0.25], [1]);
  expect(limit).toBe(0.5);
  expect(histogram).toHaveLength(GRADIENT_BINS);
  expect(histogram[(GRADIENT_BINS - 1) / 2]).toBe(3);
  expect([histogram[0], histogram.at(-1), histogram[30]]).toEqual([1, 1, 1]);
});

it('counts weights beyond the limit in the outer bins', () => {
  const weight = new Array<number>(1000).fill(0.1);
  weight[7] = -50;
  weight[8] = 60;
  const { histogram, limit } = described(weight, []);
  expect(limit).toBeLessThan(0.2);
  expect([histogram[0], histogram.at(-1)]).toEqual([1, 1]);
});

it('is all in the middle bin if every gradient is zero', () => {
  expect(described([0, 0], [0])).toMatchObject({ norm: 0, limit: 1 });
});
