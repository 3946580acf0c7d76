import { expect, it } from 'vitest';
import { centredIn, fitInto, isKnownPlace, sizeWithin } from '../../../../src-main/window/fit-window';

const screen = { x: 1920, y: 24, width: 1920, height: 1056 };

it('a window that would lie beside the screen is moved into it', () => {
  expect(fitInto(screen, { x: 0, y: 0, width: 1000, height: 700 })).toEqual({
    x: 1920,
    y: 24,
    width: 1000,
    height: 700,
  });
  expect(fitInto(screen, { x: 9000, y: 9000, width: 1000, height: 700 })).toEqual({
    x: 2840,
    y: 380,
    width: 1000,
    height: 700,
  });
});

it('a window that is larger than the screen shrinks to it, but not below its smallest size', () => {
  expect(fitInto(screen, { x: 1920, y: 24, width: 4000, height: 3000 })).toEqual({ ...screen });
  expect(fitInto({ x: 0, y: 0, width: 640, height: 480 }, { x: 5, y: 5, width: 1280, height: 800 })).toEqual({
    x: 0,
    y: 0,
    width: 800,
    height: 560,
  });
});

it('a window that fits stays where it was', () => {
  const kept = { x: 2000, y: 100, width: 1280, height: 800 };
  expect(fitInto(screen, kept)).toEqual(kept);
});

it('0,0 is no place, because Wayland reports it for every window', () => {
  expect([isKnownPlace({ x: 0, y: 0 }), isKnownPlace({ x: 0, y: 24 }), isKnownPlace({ x: -8, y: 0 })]).toEqual([
    false,
    true,
    true,
  ]);
});

it('a window without a place is no larger than the screen, and no smaller than its smallest size', () => {
  expect(sizeWithin(screen, { width: 4000, height: 3000 })).toEqual({ width: 1920, height: 1056 });
  expect(sizeWithin({ width: 640, height: 480 }, { width: 1280, height: 800 })).toEqual({ width: 800, height: 560 });
});

it.each([
  ['1366×768 with a panel below', { x: 0, y: 0, width: 1366, height: 728 }],
  ['1280×720 with a panel above', { x: 0, y: 32, width: 1280, height: 688 }],
  ['1024×600', { x: 0, y: 0, width: 1024, height: 600 }],
  ['1920×1080 with a dock at the left', { x: 72, y: 0, width: 1848, height: 1080 }],
])('the first window and its title bar lie inside the screen: %s', (_name, area) => {
  const { x, y, width, height } = centredIn(area, { width: 1280, height: 800 });
  const titleBar = 38;
  expect(x).toBeGreaterThanOrEqual(area.x);
  expect(y).toBeGreaterThanOrEqual(area.y);
  expect(x + width).toBeLessThanOrEqual(area.x + area.width);
  expect(height + titleBar).toBeLessThanOrEqual(area.height);
});

it('the first window has its default size if there is room, and its smallest size on a tiny screen', () => {
  expect(centredIn(screen, { width: 1280, height: 800 })).toEqual({ x: 2240, y: 152, width: 1280, height: 800 });
  expect(centredIn({ x: 0, y: 0, width: 640, height: 480 }, { width: 1280, height: 800 })).toEqual({
    x: 0,
    y: 0,
    width: 800,
    height: 560,
  });
});
