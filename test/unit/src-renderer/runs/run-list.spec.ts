import { describe, expect, it } from 'vitest';
import {
  filterRuns,
  groupsOf,
  isFiltered,
  NEWEST_FIRST,
  NO_FILTER,
  orderBy,
  runsTable,
  sortRuns,
  withRun,
} from '../../../../src-renderer/runs/run-list';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import { epochResult, runSummary } from '../../../fixtures/runs';

const names = (runs: { name: string }[]): string[] => runs.map(({ name }) => name);

describe('sorting runs', () => {
  const runs = [
    runSummary(1, { name: 'b 10', result: epochResult(1, 0.9) }),
    runSummary(2, { name: 'B 9', result: undefined, star: true }),
    runSummary(3, { name: 'a', result: epochResult(1, 0.99) }),
  ];

  it('puts those without a value last in either direction', () => {
    expect(names(sortRuns(runs, { column: 'accuracy', descending: true }))).toEqual(['a', 'b 10', 'B 9']);
    expect(names(sortRuns(runs, { column: 'accuracy', descending: false }))).toEqual(['b 10', 'a', 'B 9']);
  });

  it('treats a loss of NaN as missing', () => {
    const diverged = [runSummary(1, { name: 'diverged', result: epochResult(1, 0.1, NaN) }), ...runs.slice(2)];
    expect(names(sortRuns(diverged, { column: 'loss', descending: true }))).toEqual(['a', 'diverged']);
  });

  it('starts with the newest, also among equals', () => {
    expect(names(sortRuns(runs, NEWEST_FIRST))).toEqual(['a', 'B 9', 'b 10']);
    expect(names(sortRuns(runs, { column: 'status', descending: false }))).toEqual(['a', 'B 9', 'b 10']);
  });

  it('compares numbers in names as numbers, and ignores case', () => {
    expect(names(sortRuns(runs, { column: 'name', descending: false }))).toEqual(['a', 'B 9', 'b 10']);
  });

  it('works by every column', () => {
    const one = runSummary(1, {
      epochsTrained: 1,
      seconds: 1,
      bytes: 1,
      dataset: { ...runSummary(1).dataset, name: 'A' },
    });
    const two = runSummary(2, { epochsTrained: 2, seconds: 2, bytes: 2, star: true });
    for (const column of ['star', 'created', 'dataset', 'epochs', 'seconds', 'bytes'] as const) {
      expect(sortRuns([one, two], { column, descending: true })[0], column).toBe(two);
      expect(sortRuns([two, one], { column, descending: false })[0], column).toBe(one);
    }
  });

  it('is reversed by the second click, and starts with the most interesting values of another column', () => {
    expect(orderBy(NEWEST_FIRST, 'created')).toEqual({ column: 'created', descending: false });
    expect(orderBy(NEWEST_FIRST, 'accuracy').descending).toBe(true);
    expect(orderBy(NEWEST_FIRST, 'loss').descending).toBe(false);
  });
});

describe('filtering runs', () => {
  const runs = [
    runSummary(1, {
      name: 'Wide',
      notes: 'for the talk',
      settings: { ...PLAIN_SETTINGS, optimizer: 'adam', learningRate: 0.002 },
    }),
    runSummary(2, { name: 'Narrow', status: 'failed', star: true, group: { id: 'g', name: 'Seeds' } }),
    runSummary(3, { name: 'Other', dataset: { ...runSummary(1).dataset, name: 'KMNIST' } }),
  ];
  const shown = (filter: Partial<typeof NO_FILTER>): string[] => names(filterRuns(runs, { ...NO_FILTER, ...filter }));

  it('shows none if a word does not occur', () => {
    expect(shown({ text: 'wide nowhere' })).toEqual([]);
  });

  it('finds all words in name, notes and settings together', () => {
    expect(shown({ text: ' WIDE adam  0.002 talk' })).toEqual(['Wide']);
    expect(shown({ text: 'seeds' })).toEqual(['Narrow']);
  });

  it('does not find settings that have no effect', () => {
    expect(shown({ text: 'momentum 0.9' })).toEqual(['Wide']);
  });

  it('goes by dataset, status, star and group', () => {
    expect(shown({ dataset: 'KMNIST' })).toEqual(['Other']);
    expect(shown({ status: 'failed' })).toEqual(['Narrow']);
    expect(shown({ starred: true })).toEqual(['Narrow']);
    expect(shown({ group: 'g' })).toEqual(['Narrow']);
    expect(shown({})).toHaveLength(3);
  });

  it('is reported as on only if it is', () => {
    expect(isFiltered({ ...NO_FILTER, text: ' ' })).toBe(false);
    expect(isFiltered({ ...NO_FILTER, starred: true })).toBe(true);
  });
});

describe('the list', () => {
  it('replaces a changed run in place, and inserts a new one by its time', () => {
    const list = [runSummary(4), runSummary(2)];
    expect(names(withRun(list, runSummary(2, { name: 'changed' })))).toEqual(['Run 4', 'changed']);
    expect(names(withRun(list, runSummary(3)))).toEqual(['Run 4', 'Run 3', 'Run 2']);
    expect(names(withRun(list, runSummary(1)))).toEqual(['Run 4', 'Run 2', 'Run 1']);
    expect(names(withRun([], runSummary(1)))).toEqual(['Run 1']);
  });

  it('knows its groups and how many runs each has', () => {
    const group = { id: 'g', name: 'Seeds' };
    expect(groupsOf([runSummary(1), runSummary(2, { group }), runSummary(3, { group })])).toEqual([
      { ...group, runs: 2 },
    ]);
  });

  it('becomes a table with every setting, one line per run', () => {
    const [header, line] = runsTable([runSummary(1, { name: 'a, "b"' })]).split('\r\n');
    expect(header).toContain('test accuracy');
    expect(header).toContain('learningRate');
    expect(line).toContain('"a, ""b"""');
    expect(line).toContain('0.98');
  });
});
