// The expected intervals come from statsmodels 0.15 (confint_proportions_2indep, 'agresti-caffo') and, for paired
// predictions, from scipy 1.17 (stats.norm.interval of the mean over the four cases, half an image added to each).
import { describe, expect, it } from 'vitest';
import { differenceOf, pairedDifference, unpairedDifference } from '../../../../src-renderer/training/luck';

const near = (value: number) => expect.closeTo(value, 6) as number;

describe('the 95% interval of a difference of two accuracies', () => {
  it('agrees with scipy if it is known which images each network gets right', () => {
    const expected = [
      [60, 20, 10_000, 0.00223733, 0.00576107],
      [30, 25, 10_000, -0.00096648, 0.00196628],
      [0, 0, 100, -0.01921533, 0.01921533],
      [400, 10, 10_000, 0.03509372, 0.04289068],
    ] as const;
    for (const [first, second, images, low, high] of expected)
      expect(pairedDifference(first, second, images)).toEqual({
        value: (first - second) / images,
        low: near(low),
        high: near(high),
      });
  });

  it('agrees with statsmodels if only the two accuracies are known', () => {
    const expected = [
      [0.981, 0.977, 10_000, 0.00001679, 0.00798161],
      [0.98, 0.979, 10_000, -0.0029365, 0.0049361],
      [1, 1, 100, -0.02704105, 0.02704105],
      [0.5, 0.9, 200, -0.47682188, -0.31525733],
    ] as const;
    for (const [first, second, images, low, high] of expected)
      expect(unpairedDifference(first, second, images)).toEqual({
        value: first - second,
        low: near(low),
        high: near(high),
      });
  });

  it('counts the images that only one of the two networks classifies correctly', () => {
    const labels = Uint16Array.of(0, 1, 2, 3, 4);
    const first = Uint16Array.of(0, 1, 2, 0, 0);
    const second = Uint16Array.of(0, 0, 0, 3, 1);
    expect(differenceOf(first, second, labels)).toEqual(pairedDifference(2, 1, 5));
  });
});
