import { describe, expect, it } from 'vitest';
import { clipped, panned, zoomed } from '../../../../src-renderer/charts/zoom';

describe('zooming', () => {
  const whole = { from: 0, to: 20 };

  it('keeps the epoch under the mouse where it is', () => {
    const range = zoomed(whole, 0.5, 5, whole)!;
    expect(range).toEqual({ from: 2.5, to: 12.5 });
    expect((5 - range.from) / 10).toBe(5 / 20);
  });

  it('never leaves the run, and shows all of it when zoomed out', () => {
    expect(zoomed({ from: 2, to: 12 }, 2, 5, whole)).toBeUndefined();
    expect(zoomed({ from: 1, to: 6 }, 2, 1, whole)).toEqual({ from: 1, to: 11 });
    expect(zoomed({ from: 0, to: 5 }, 2, 5, whole)).toEqual({ from: 0, to: 10 });
    expect(panned({ from: 2, to: 12 }, 100, whole)).toEqual({ from: 10, to: 20 });
    expect(panned({ from: 2, to: 12 }, -3, whole)).toEqual({ from: 0, to: 10 });
  });

  it('stops before nothing is left to see', () => {
    const { from, to } = zoomed({ from: 5, to: 5.06 }, 0.001, 5.03, whole)!;
    expect(to - from).toBeCloseTo(0.05, 10);
  });
});

it('a range that another run does not have is not shown', () => {
  expect(clipped({ from: 12, to: 18 }, { from: 0, to: 5 })).toBeUndefined();
  expect(clipped({ from: 2, to: 18 }, { from: 0, to: 5 })).toEqual({ from: 2, to: 5 });
  expect(clipped(undefined, { from: 0, to: 5 })).toBeUndefined();
});
