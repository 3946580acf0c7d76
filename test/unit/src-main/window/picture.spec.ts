import { describe, expect, it } from 'vitest';
import { captureArea } from '../../../../src-main/window/picture';

const window = { width: 1280, height: 800 };

describe('a part of the page', () => {
  it.each([
    [{ x: 1280, y: 0, width: 100, height: 100 }, 1],
    [{ x: 0, y: 540, width: 100, height: 100 }, 1.5],
    [{ x: 10, y: 10, width: 0, height: 100 }, 1],
  ])('%j at a zoom of %d that is not in the window has no picture', (part, zoom) => {
    expect(captureArea(part, zoom, window)).toBeUndefined();
  });

  it('is cut off where the window ends', () => {
    expect(captureArea({ x: -20, y: 700, width: 100, height: 400 }, 1, window)).toEqual({
      x: 0,
      y: 700,
      width: 80,
      height: 100,
    });
    expect(captureArea({ x: 800, y: 500, width: 100, height: 100 }, 1.5, window)).toEqual({
      x: 1200,
      y: 750,
      width: 80,
      height: 50,
    });
  });

  it('is as large as the zoom makes it', () => {
    expect(captureArea({ x: 100, y: 50, width: 400, height: 200 }, 1.5, window)).toEqual({
      x: 150,
      y: 75,
      width: 600,
      height: 300,
    });
    expect(captureArea({ x: 100, y: 50, width: 400, height: 200 }, 0.5, window)).toEqual({
      x: 50,
      y: 25,
      width: 200,
      height: 100,
    });
  });

  it('takes every pixel that it touches, and no other for an error of the multiplication', () => {
    expect(captureArea({ x: 10.5, y: 10.2, width: 10, height: 10 }, 1, window)).toEqual({
      x: 10,
      y: 10,
      width: 11,
      height: 11,
    });
    // 1.1 * 300 is 330.00000000000006
    expect(captureArea({ x: 0, y: 0, width: 300, height: 300 }, 1.1, window)).toEqual({
      x: 0,
      y: 0,
      width: 330,
      height: 330,
    });
  });
});
