import { describe, expect, it } from 'vitest';
import { isInside, pointsInside } from '../../../../src-renderer/map/lasso';

const SQUARE = [0, 0, 10, 0, 10, 10, 0, 10];
/** A U: its middle is outside. */
const HOLLOW = [0, 0, 9, 0, 9, 9, 6, 9, 6, 3, 3, 3, 3, 9, 0, 9];

describe('a lasso', () => {
  it('does not contain what is beside, above and below it', () => {
    for (const [x, y] of [
      [-1, 5],
      [11, 5],
      [5, -1],
      [5, 11],
      [-1, 0],
      [-1, 10],
    ] as const)
      expect(isInside(SQUARE, x, y)).toBe(false);
  });

  it('contains what is inside, in whichever direction it was drawn', () => {
    expect(isInside(SQUARE, 5, 5)).toBe(true);
    expect(isInside([0, 10, 10, 10, 10, 0, 0, 0], 5, 5)).toBe(true);
  });

  it('follows a hollow shape', () => {
    expect([isInside(HOLLOW, 1, 8), isInside(HOLLOW, 4, 8), isInside(HOLLOW, 8, 8), isInside(HOLLOW, 4, 1)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('counts a corner at the height of a point once', () => {
    const diamond = [5, 0, 10, 5, 5, 10, 0, 5];
    expect([isInside(diamond, 5, 5), isInside(diamond, -1, 5), isInside(diamond, 11, 5)]).toEqual([true, false, false]);
  });

  it('that goes round twice does not contain what both rounds enclose', () => {
    expect(isInside([0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 10, 0, 10, 10, 0, 10], 5, 5)).toBe(false);
  });

  it('of fewer than three corners contains nothing', () => {
    expect([isInside([], 0, 0), isInside([1, 1], 1, 1), isInside([0, 0, 10, 10], 5, 5)]).toEqual([false, false, false]);
  });

  it('returns the points inside in order, without those that cannot be chosen', () => {
    const points = Float32Array.of(5, 5, 20, 5, 1, 1, 9, 9);
    expect(pointsInside(SQUARE, points, () => true)).toEqual(Uint32Array.of(0, 2, 3));
    expect(pointsInside(SQUARE, points, (point) => point !== 2)).toEqual(Uint32Array.of(0, 3));
  });
});
