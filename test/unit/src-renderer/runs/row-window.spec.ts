import { describe, expect, it } from 'vitest';
import { rowsInSight, scrollTo } from '../../../../src-renderer/runs/row-window';

const room = { scrolled: 300, height: 100, rowHeight: 10 };

describe('the rows of a long list', () => {
  it('are drawn where they are in sight, with some around them, and never beyond the ends', () => {
    expect(rowsInSight(room, 1000, 4)).toEqual({ from: 26, to: 44 });
    expect(rowsInSight({ ...room, scrolled: 0 }, 1000, 4)).toEqual({ from: 0, to: 14 });
    expect(rowsInSight(room, 35, 4)).toEqual({ from: 26, to: 35 });
  });

  it('are none of a list that has become shorter than it is scrolled', () => {
    expect(rowsInSight(room, 5, 4)).toEqual({ from: 5, to: 5 });
    expect(rowsInSight(room, 0, 4)).toEqual({ from: 0, to: 0 });
  });

  it('come into sight with the least scrolling', () => {
    expect(scrollTo(35, room)).toBe(300);
    expect(scrollTo(2, room)).toBe(20);
    expect(scrollTo(40, room)).toBe(310);
  });
});
