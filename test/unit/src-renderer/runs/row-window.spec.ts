import { describe, expect, it } from 'vitest';
import { rowsToRender, scrollTo } from '../../../../src-renderer/runs/row-window';

const room = { scrolled: 300, height: 100, rowHeight: 10 };

describe('the rows of a long list', () => {
  it('are rendered if they are visible, with some around them, and never beyond the ends', () => {
    expect(rowsToRender(room, 1000, 4)).toEqual({ from: 26, to: 44 });
    expect(rowsToRender({ ...room, scrolled: 0 }, 1000, 4)).toEqual({ from: 0, to: 14 });
    expect(rowsToRender(room, 35, 4)).toEqual({ from: 26, to: 35 });
  });

  it('are none if the list has become shorter than its scroll position', () => {
    expect(rowsToRender(room, 5, 4)).toEqual({ from: 5, to: 5 });
    expect(rowsToRender(room, 0, 4)).toEqual({ from: 0, to: 0 });
  });

  it('become visible with the least scrolling', () => {
    expect(scrollTo(35, room)).toBe(300);
    expect(scrollTo(2, room)).toBe(20);
    expect(scrollTo(40, room)).toBe(310);
  });
});
