import { expect, it } from 'vitest';
import type { ImageSet } from '../../../../../../src-main/trainer/data/dataset';
import { countInked, prepareSparse, writeSparse } from '../../../../../../src-main/trainer/engine/wasm/sparse-images';

/** Two images of four pixels, and one without ink between them. */
const set = (): ImageSet => ({
  count: 3,
  pixels: Uint8Array.of(0, 7, 0, 9, 0, 0, 0, 0, 1, 0, 0, 255),
  labels: Uint16Array.of(0, 1, 2),
});
const expected = {
  starts: Uint32Array.of(0, 2, 2, 2, 2, 4),
  positions: Uint16Array.of(1, 3, 0, 3),
  values: Uint8Array.of(7, 9, 1, 255),
};
const room = (more = 0) => ({
  starts: new Uint32Array(6 + more),
  positions: new Uint16Array(4 + more),
  values: new Uint8Array(4 + more),
});

it('finds the positions and values of the inked pixels of each image', () => {
  const images = set();
  expect(countInked(images)).toBe(4);
  const lists = room();
  writeSparse(images, lists);
  expect(lists).toEqual(expected);
});

it('writes the same lists if the set was prepared, and nothing after them', () => {
  const images = set();
  prepareSparse(images);
  prepareSparse(images);
  expect(countInked(images)).toBe(4);
  const lists = room(2);
  writeSparse(images, lists);
  expect(lists.positions).toEqual(Uint16Array.of(...expected.positions, 0, 0));
  expect(lists.values).toEqual(Uint8Array.of(...expected.values, 0, 0));
});

it('does not confuse a prepared set with another one of the same size', () => {
  prepareSparse(set());
  const other = { ...set(), pixels: new Uint8Array(12) };
  expect(countInked(other)).toBe(0);
});
