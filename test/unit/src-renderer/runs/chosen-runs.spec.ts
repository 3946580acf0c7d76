import { expect, it } from 'vitest';
import { MOST_CHOSEN, toggled, toggledAll, type ChosenRun } from '../../../../src-renderer/runs/chosen-runs';

const choose = (ids: string[], from: readonly ChosenRun[] = []): readonly ChosenRun[] =>
  ids.reduce((chosen, id) => toggled(chosen, id)!, from);

it('an eleventh run is not chosen', () => {
  const ten = choose(Array.from({ length: MOST_CHOSEN }, (_, k) => `run ${k}`));
  expect(toggled(ten, 'one more')).toBeUndefined();
  expect(toggled(ten, 'run 3')).toHaveLength(9);
});

it('a run keeps its colour while others come and go, and a free colour is used again', () => {
  const three = choose(['a', 'b', 'c']);
  expect(three.map(({ slot }) => slot)).toEqual([1, 5, 7]);
  expect(choose(['b', 'd', 'e'], three)).toEqual([
    { id: 'a', slot: 1 },
    { id: 'c', slot: 7 },
    { id: 'd', slot: 5 },
    { id: 'e', slot: 2 },
  ]);
});

it('ten runs have ten colours', () => {
  const ten = choose(Array.from({ length: MOST_CHOSEN }, (_, k) => `run ${k}`));
  expect(new Set(ten.map(({ slot }) => slot)).size).toBe(10);
});

it('several runs are all chosen, or none of them if all were, and refused if they are too many', () => {
  const ids = ['a', 'b', 'c'];
  const all = toggledAll(choose(['b']), ids)!;
  expect(all.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  expect(toggledAll(all, ids)).toEqual([]);
  expect(toggledAll(choose(['1', '2', '3', '4', '5', '6', '7', '8']), ids)).toBeUndefined();
});
