import { expect, it } from 'vitest';
import { addThinned } from '../../../../src-shared/runs/thin-history';

const same = (x: number) => x;
const grown = (length: number, most: number) =>
  Array.from({ length }, (_, x) => x).reduce<number[]>((kept, x) => addThinned(kept, [x], most, same), []);
const gaps = (kept: readonly number[]) => kept.slice(1).map((x, k) => x - kept[k]!);

it('keeps every item while there is room', () => {
  expect(grown(5, 5)).toEqual([0, 1, 2, 3, 4]);
});

it.each([100, 1000, 5000])('keeps no more of %i items than allowed, among them the first and the newest', (length) => {
  const kept = grown(length, 50);
  expect(kept).toHaveLength(50);
  expect([kept[0], kept.at(-1)]).toEqual([0, length - 1]);
});

it('spreads what it keeps over the whole history', () => {
  const even = 5000 / 50;
  expect(Math.max(...gaps(grown(5000, 50)))).toBeLessThanOrEqual(3 * even);
});

it('measures the distance between items by their position, not by how many lie between', () => {
  const early = Array.from({ length: 90 }, (_, x) => x / 100);
  const late = Array.from({ length: 10 }, (_, x) => x + 1);
  const kept = addThinned([], [...early, ...late], 20, same);
  expect(kept.filter((x) => x >= 1)).toEqual(late);
});

it('keeps the same items whether they are added together or one by one', () => {
  const all = Array.from({ length: 500 }, (_, x) => x);
  expect(addThinned([], all, 30, same)).toEqual(grown(500, 30));
});

it('does not change the given history', () => {
  const history = [0, 1, 2];
  addThinned(history, [3], 3, same);
  expect(history).toEqual([0, 1, 2]);
});
