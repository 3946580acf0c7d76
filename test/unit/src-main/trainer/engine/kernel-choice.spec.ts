import { expect, it } from 'vitest';
import { better, fastestSimd } from '../../../../../src-main/trainer/engine/kernel-choice';
import { supports } from '../../../../../src-main/trainer/engine/kernels';

const trial = (milliseconds: number, ...weights: number[]) => ({ milliseconds, weights: Buffer.from(Float32Array.from(weights).buffer) });

it('takes the wide build where it is clearly faster and computes the same', () => {
  expect(better(trial(2, 0.1, 0.2), trial(1.4, 0.1, 0.2))).toBe('wide');
});

it('leaves it where it is slower, or so little faster that it may be noise', () => {
  expect(better(trial(2, 0.1), trial(3, 0.1))).toBe('relaxed');
  expect(better(trial(2, 0.1), trial(1.9, 0.1))).toBe('relaxed');
});

it('leaves it where one bit of a weight differs', () => {
  expect(better(trial(2, 0.1, 1), trial(1, 0.1, 1 + 2 ** -23))).toBe('relaxed');
});

it('answers with a build that runs here, the same one every time', () => {
  const simd = fastestSimd();
  expect(supports(simd)).toBe(true);
  expect(fastestSimd()).toBe(simd);
  expect(simd === 'plain').toBe(!supports('relaxed'));
});
