import { describe, expect, it } from 'vitest';
import { smoothCurves } from '../../../../src-renderer/draw/smooth';

const ZIGZAG = [
  { x: 0, y: 0 },
  { x: 0.2, y: 0.4 },
  { x: 0.5, y: 0.1 },
  { x: 0.9, y: 0.8 },
];

describe('a smoothed stroke', () => {
  it('of a single point is one curve of length zero', () => {
    const [point] = ZIGZAG;
    expect(smoothCurves([point!])).toEqual([{ control: point, end: point }]);
  });

  it('ends at its last point, and meets between the others at their midpoints', () => {
    const ends = smoothCurves(ZIGZAG).map(({ end }) => [end.x, end.y].map((value) => Number(value.toFixed(6))));
    expect(ends).toEqual([
      [0.1, 0.2],
      [0.35, 0.25],
      [0.7, 0.45],
      [0.9, 0.8],
    ]);
  });

  it('has no corner where two curves meet: the direction before is the direction after', () => {
    const curves = smoothCurves(ZIGZAG);
    curves.slice(1).forEach(({ control }, k) => {
      const { control: before, end } = curves[k]!;
      const cross = (end.x - before.x) * (control.y - end.y) - (end.y - before.y) * (control.x - end.x);
      expect(cross).toBeCloseTo(0, 12);
    });
  });
});
