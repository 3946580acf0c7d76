import { describe, expect, it } from 'vitest';
import { bestOf, isRoundTick, logAxis, pointsIn, smoothed, thinned } from '../../../../src-renderer/charts/scales';

const line = (values: number[]) => values.map((y, k) => ({ x: k + 1, y }));

describe('a logarithmic axis', () => {
  it('goes from a round number below the values to one above them', () => {
    expect(logAxis([0.034, 0.8])).toEqual({ min: 0.02, max: 1, log: true });
    expect(logAxis([0.05, 0.2])).toEqual({ min: 0.05, max: 0.2, log: true });
    expect(logAxis([3e-7, 41])).toEqual({ min: 2e-7, max: 50, log: true });
  });

  it('leaves out values without a logarithm, and has a length even for a single value', () => {
    expect(logAxis([0, -1, NaN, 0.3])).toEqual({ min: 0.2, max: 0.5, log: true });
    expect(logAxis([0.2])).toEqual({ min: 0.2, max: 2, log: true });
    expect(logAxis([])).toEqual({ min: 0.01, max: 1, log: true });
  });

  it('has numbers at 1, 2 and 5 times a power of ten', () => {
    expect([0.001, 0.02, 0.5, 1, 200].every(isRoundTick)).toBe(true);
    expect([0.003, 0.04, 0.7, 9, 600].some(isRoundTick)).toBe(false);
  });
});

describe('smoothing', () => {
  it('leaves a level line as it is, from its first point on', () => {
    for (const { y } of smoothed(line([3, 3, 3, 3]), 2)) expect(y).toBeCloseTo(3, 12);
  });

  it('is the mean of all points with weights that fall off by e an epoch', () => {
    const weights = [Math.exp(-2), Math.exp(-1), 1];
    const expected = (1 * weights[0]! + 5 * weights[1]! + 6 * weights[2]!) / (weights[0]! + weights[1]! + weights[2]!);
    expect(smoothed(line([1, 5, 6]), 1).at(-1)!.y).toBeCloseTo(expected, 12);
  });

  it('weights a point by the epochs that it covers', () => {
    const [, far] = smoothed(
      [
        { x: 1, y: 0 },
        { x: 3, y: 1 },
      ],
      1,
    );
    const [, near] = smoothed(
      [
        { x: 1, y: 0 },
        { x: 2, y: 1 },
      ],
      1,
    );
    expect(far!.y).toBeGreaterThan(near!.y);
  });
});

describe('thinning', () => {
  it('leaves few points alone', () => {
    expect(thinned(line([1, 2, 3]), 3)).toEqual(line([1, 2, 3]));
  });

  it('averages groups of consecutive points, and keeps the newest as it is', () => {
    const points = thinned(line(Array.from({ length: 1000 }, (_, k) => k)), 100);
    expect(points.length).toBeLessThanOrEqual(101);
    expect(points[0]).toEqual({ x: 10, y: 4.5 });
    expect(points.at(-1)).toEqual({ x: 1000, y: 999 });
  });
});

it('the best point is the lowest or the highest, the first of equal ones', () => {
  expect(bestOf(line([3, 1, 1, 2]), 'lowest')).toEqual({ x: 2, y: 1 });
  expect(bestOf(line([3, 1, 3]), 'highest')).toEqual({ x: 1, y: 3 });
  expect(bestOf([], 'lowest')).toBeUndefined();
});

it('the points of a range include its neighbours on both sides', () => {
  expect(pointsIn(line([1, 2, 3, 4, 5, 6]), 2.5, 4.5).map(({ x }) => x)).toEqual([2, 3, 4, 5]);
  expect(pointsIn(line([1, 2]), 5, 9).map(({ x }) => x)).toEqual([2]);
});
