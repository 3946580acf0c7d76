// Rows of the list for runs that differ only in their seed.
import { describe, expect, it } from 'vitest';
import { listRows, NEWEST_FIRST } from '../../../../src-renderer/runs/run-list';
import {
  accuracyOf,
  nameOfRow,
  numbersOf,
  seedSets,
  titleOfRow,
  type ListRow,
} from '../../../../src-renderer/runs/seed-sets';
import type { RunSummary } from '../../../../src-shared/runs/runs';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import { epochResult, runSummary } from '../../../fixtures/runs';

const run = (number: number, seed: number, accuracy?: number, changes: Partial<RunSummary> = {}): RunSummary =>
  runSummary(number, {
    settings: { ...PLAIN_SETTINGS, seed },
    result: accuracy === undefined ? undefined : epochResult(20, accuracy),
    ...changes,
  });
const sets = (...runs: RunSummary[]) => seedSets(runs).map((set) => set.map(({ number }) => number));
const shown = (rows: ListRow[]) => rows.map(({ runs }) => numbersOf(runs));

describe('a set of runs', () => {
  it('has those that follow one another and differ in their seed, whatever the order of the list', () => {
    const other = runSummary(4, { settings: { ...PLAIN_SETTINGS, learningRate: 0.5 } });
    expect(sets(run(3, 3), run(1, 1), run(2, 2), other, run(5, 4))).toEqual([[1, 2, 3], [4], [5]]);
  });

  it('has no seed twice', () => expect(sets(run(1, 1), run(2, 1), run(3, 2))).toEqual([[1], [2, 3]]));

  it('has only runs on one dataset, of as many epochs, and of one group', () => {
    const { dataset } = run(1, 1);
    expect(sets(run(1, 1), run(2, 2, 0.9, { epochs: 5 }))).toEqual([[1], [2]]);
    expect(sets(run(1, 1), run(2, 2, 0.9, { dataset: { ...dataset, hash: 'b2' } }))).toEqual([[1], [2]]);
    expect(sets(run(1, 1), run(2, 2, 0.9, { group: { id: 'g', name: '3 seeds' } }))).toEqual([[1], [2]]);
  });

  it('ignores the threads', () => {
    expect(sets(run(1, 1), runSummary(2, { settings: { ...PLAIN_SETTINGS, seed: 2, threads: 3 } }))).toEqual([[1, 2]]);
  });
});

describe('a row of several runs', () => {
  const runs = [run(3, 1, 0.984, { name: 'learning rate 0.1' }), run(4, 2, 0.9844), run(5, 3, 0.9838)];

  it('has the mean and the standard deviation of the results that there are', () => {
    expect(accuracyOf(runs)).toBe('98.41% ± 0.03');
    expect(accuracyOf([runs[0]!, run(4, 2)])).toBe('98.40%');
    expect(accuracyOf([run(4, 2)])).toBe('–');
  });

  it('has the numbers of its runs, and a name that is not a seed', () => {
    expect(titleOfRow(runs)).toBe('#3–5 · learning rate 0.1');
    expect(numbersOf([runs[0]!, runs[2]!])).toBe('#3…5');
    expect(nameOfRow([{ ...runs[0]!, name: 'seed 2' }, runs[1]!])).toContain('256');
    expect(nameOfRow([{ ...runs[0]!, name: 'my seed 2' }, runs[1]!])).toBe('my seed 2');
  });

  it('is sorted by its mean among the others, and unfolds in the same order', () => {
    const others = [run(1, 1, 0.98401, { epochs: 1 }), run(2, 1, 0.9842, { epochs: 2 })];
    const order = { column: 'accuracy', descending: true } as const;
    const folded = listRows([...others, ...runs], order, []);
    expect(shown(folded)).toEqual(['#2', '#3–5', '#1']);
    expect(shown(listRows([...others, ...runs], order, [folded[1]!.id]))).toEqual([
      '#2',
      '#3–5',
      '#4',
      '#3',
      '#5',
      '#1',
    ]);
  });

  it('is as new as its newest run', () => {
    expect(shown(listRows([...runs, run(9, 1, 0.9, { epochs: 3 })], NEWEST_FIRST, []))).toEqual(['#9', '#3–5']);
  });
});
