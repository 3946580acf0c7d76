import { expect, it } from 'vitest';
import { MOST_CHOSEN, toggled, type ChosenRun } from '../../../../src-renderer/runs/chosen-runs';

const choose = (ids: string[], from: readonly ChosenRun[] = []): readonly ChosenRun[] =>
  ids.reduce((chosen, id) => toggled(chosen, id)!, from);

it('an eleventh run is not chosen', () => {
  const ten = choose(Array.from({ length: MOST_CHOSEN }, (_, k) => `run ${k}`));
  expect(toggled(ten, 'one more')).toBeUndefined();
  expect(toggled(ten, 'run 3')).toHaveLength(9);
});

it('a run keeps its colour while others come and go, and a free colour is used again', () => {
  const three = choose(['a', 'b', 'c']);
  expect(three.map(({ slot }) => slot)).toEqual([0, 1, 2]);
  expect(choose(['b', 'd', 'e'], three)).toEqual([
    { id: 'a', slot: 0 },
    { id: 'c', slot: 2 },
    { id: 'd', slot: 1 },
    { id: 'e', slot: 3 },
  ]);
});
