import { expect, it } from 'vitest';
import { Held } from '../../../../src-renderer/client/held';
import { readyPictures } from '../../../../src-renderer/weights/pictures';
import { replayAt } from '../../../../src-renderer/weights/replay';

it('a value that moves is held for its rest, and the last one is passed on at once', () => {
  const held = new Held<string>();
  expect(held.take('run', 'a', true, 1000, 0)).toBe('a');
  expect(held.take('run', 'b', true, 1000, 999)).toBe('a');
  expect(held.take('run', 'c', true, 1000, 1000)).toBe('c');
  expect(held.take('run', 'd', true, 1000, 1500)).toBe('c');
  expect(held.take('run', 'd', false, 1000, 1600)).toBe('d');
});

it('a value of another run is passed on at once, and so is none', () => {
  const held = new Held<string>();
  held.take('run 1', 'a', true, 1000, 0);
  expect(held.take('run 2', 'b', true, 1000, 1)).toBe('b');
  expect(held.take('run 2', undefined, true, 1000, 2)).toBeUndefined();
});

it(
  'a replay of many pictures takes five seconds, one of few is slow enough to be seen, and it ends behind the ' +
    'last',
  () => {
    expect([0, 349, 350, 700, 9999].map((elapsed) => replayAt(elapsed, 2))).toEqual([0, 0, 1, 2, 2]);
    expect([2500, 4999, 5001].map((elapsed) => replayAt(elapsed, 100))).toEqual([50, 99, 100]);
  },
);

it('pictures of several epochs can be drawn on one scale', () => {
  const pictures = { units: 2, rows: 1, columns: 2, limit: 0.1, pixels: Int8Array.of(127, -64, 10, 0) };
  expect([...readyPictures(pictures).pixelsOf(0)]).toEqual([127, -64]);
  expect([...readyPictures(pictures, 0.2).pixelsOf(0)]).toEqual([64, -32]);
  expect(readyPictures(pictures, 0.2).limit).toBe(0.2);
});
