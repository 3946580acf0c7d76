import { expect, it } from 'vitest';
import { fitInto, isKnownPlace, sizeWithin } from '../../../src-main/fit-window';

const screen = { x: 1920, y: 24, width: 1920, height: 1056 };

it('a window that would lie beside the screen is moved into it', () => {
  expect(fitInto(screen, { x: 0, y: 0, width: 1000, height: 700 })).toEqual({ x: 1920, y: 24, width: 1000, height: 700 });
  expect(fitInto(screen, { x: 9000, y: 9000, width: 1000, height: 700 })).toEqual({ x: 2840, y: 380, width: 1000, height: 700 });
});

it('a window that is larger than the screen shrinks to it, but not below its smallest size', () => {
  expect(fitInto(screen, { x: 1920, y: 24, width: 4000, height: 3000 })).toEqual({ ...screen });
  expect(fitInto({ x: 0, y: 0, width: 640, height: 480 }, { x: 5, y: 5, width: 1280, height: 800 })).toEqual({ x: 0, y: 0, width: 800, height: 560 });
});

it('a window that fits stays where it was', () => {
  const kept = { x: 2000, y: 100, width: 1280, height: 800 };
  expect(fitInto(screen, kept)).toEqual(kept);
});

it('0,0 is no place, because Wayland reports it for every window', () => {
  expect([isKnownPlace({ x: 0, y: 0 }), isKnownPlace({ x: 0, y: 24 }), isKnownPlace({ x: -8, y: 0 })]).toEqual([false, true, true]);
});

it('a window without a place is no larger than the screen, and no smaller than its smallest size', () => {
  expect(sizeWithin(screen, { width: 4000, height: 3000 })).toEqual({ width: 1920, height: 1056 });
  expect(sizeWithin({ width: 640, height: 480 }, { width: 1280, height: 800 })).toEqual({ width: 800, height: 560 });
});
