// Sorts, filters and updates the list of runs, and makes a table of it. Pure.
import type { RunStatus, RunSummary } from '../../src-shared/runs/runs';
import { toCsv } from '../ui/csv';
import { FIELDS, settingInWords, settingsInWords } from '../settings';
import { STATUS_LABELS } from '../client/run-words';
import { bytesOf } from './disk-use';
import { meanOf, nameOfRow, rowsOfSets, secondsOf, seedSets, type ListRow } from './seed-sets';

export const COLUMNS = [
  'star',
  'name',
  'created',
  'dataset',
  'status',
  'epochs',
  'accuracy',
  'loss',
  'seconds',
  'bytes',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  column: Column;
  descending: boolean;
}

export const NEWEST_FIRST: Order = { column: 'created', descending: true };

/** The order after a click on a column's heading: reversed, or by that column, the most interesting values first. */
export function orderBy(order: Order, column: Column): Order {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: !['name', 'dataset', 'status', 'loss'].includes(column) };
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** @param runs one, or those of a row: the key is then their mean or sum, or that of the last */
function keyOf(runs: readonly RunSummary[], column: Column): string | number {
  const run = runs.at(-1)!;
  switch (column) {
    case 'star':
      return runs.every(({ star }) => star) ? 1 : 0;
    case 'name':
      return nameOfRow(runs);
    case 'created':
      return run.created;
    case 'dataset':
      return run.dataset.name;
    case 'status':
      return STATUS_LABELS[run.status];
    case 'epochs':
      return run.epochsTrained;
    case 'accuracy':
      return meanOf(runs, 'testAccuracy');
    case 'loss':
      return meanOf(runs, 'testLoss');
    case 'seconds':
      return secondsOf(runs);
    case 'bytes':
      return bytesOf(runs);
  }
}

/** Runs whose value is missing or NaN come last in either direction. Ties are sorted by time, newest first. */
export function sortRuns(runs: readonly RunSummary[], order: Order): RunSummary[] {
  return sortSets(
    runs.map((run) => [run]),
    order,
  ).flat();
}

/** The rows of the list, each with one run or several that differ in their seed. @param unfolded ids of rows */
export function listRows(runs: readonly RunSummary[], order: Order, unfolded: readonly string[]): ListRow[] {
  return rowsOfSets(sortSets(seedSets(runs), order), unfolded, (set) => sortRuns(set, order));
}

function sortSets(sets: readonly RunSummary[][], { column, descending }: Order): RunSummary[][] {
  const sign = descending ? -1 : 1;
  const keyed = sets.map((runs) => {
    const key = keyOf(runs, column);
    return { runs, key: Number.isNaN(key) ? undefined : key, created: runs.at(-1)!.created };
  });
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined)
      return Number(a.key === undefined) - Number(b.key === undefined) || b.created - a.created;
    const order = typeof a.key === 'string' ? collator.compare(a.key, String(b.key)) : a.key - Number(b.key);
    return sign * order || b.created - a.created;
  });
  return keyed.map(({ runs }) => runs);
}

export interface RunFilter {
  /** Words that must all occur in the name, the notes, the group's name or the settings. */
  text: string;
  /** Name of the dataset. If empty, any. */
  dataset: string;
  status: RunStatus | '';
  starred: boolean;
  /** Id of the group. If empty, any. */
  group: string;
}

export const NO_FILTER: RunFilter = { text: '', dataset: '', status: '', starred: false, group: '' };

export function isFiltered(filter: RunFilter): boolean {
  return (
    filter.text.trim() !== '' || filter.dataset !== '' || filter.status !== '' || filter.starred || filter.group !== ''
  );
}

/** The searched text of each run. Cached because describing the settings of a thousand runs takes long. */
const haystacks = new WeakMap<RunSummary, string>();

function haystackOf(run: RunSummary): string {
  let haystack = haystacks.get(run);
  if (haystack === undefined) {
    haystack = [`#${run.number}`, run.name, run.notes, run.group?.name ?? '', settingsInWords(run.settings)]
      .join('\n')
      .toLowerCase();
    haystacks.set(run, haystack);
  }
  return haystack;
}

export function filterRuns(
  runs: readonly RunSummary[],
  { text, dataset, status, starred, group }: RunFilter,
): RunSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter(
    (run) =>
      (dataset === '' || run.dataset.name === dataset) &&
      (status === '' || run.status === status) &&
      (!starred || run.star) &&
      (group === '' || run.group?.id === group) &&
      (words.length === 0 || words.every((word) => haystackOf(run).includes(word))),
  );
}

/** The list with a run replaced, or inserted by its time, newest first. */
export function withRun(runs: readonly RunSummary[], run: RunSummary): RunSummary[] {
  if (runs.some(({ id }) => id === run.id)) return runs.map((other) => (other.id === run.id ? run : other));
  const at = runs.findIndex(({ created }) => created <= run.created);
  return at < 0 ? [...runs, run] : [...runs.slice(0, at), run, ...runs.slice(at)];
}

/** The groups of the runs in order of first appearance, each with its number of runs. */
export function groupsOf(runs: readonly RunSummary[]): { id: string; name: string; runs: number }[] {
  const groups = new Map<string, { id: string; name: string; runs: number }>();
  for (const { group } of runs) {
    if (!group) continue;
    const known = groups.get(group.id);
    if (known) known.runs++;
    else groups.set(group.id, { ...group, runs: 1 });
  }
  return [...groups.values()];
}

/** One row per run, with every setting. */
export function runsTable(runs: readonly RunSummary[]): string {
  const header = [
    'number',
    'id',
    'name',
    'starred',
    'created',
    'dataset',
    'status',
    'epochs trained',
    'epochs',
    'test accuracy',
    'test loss',
    'seconds',
    'bytes',
    'notes',
    ...FIELDS,
  ];
  return toCsv(
    header,
    runs.map((run) => [
      run.number,
      run.id,
      run.name,
      run.star ? 'yes' : 'no',
      new Date(run.created).toISOString(),
      run.dataset.name,
      STATUS_LABELS[run.status],
      run.epochsTrained,
      run.epochs,
      run.result?.testAccuracy ?? '',
      run.result?.testLoss ?? '',
      run.seconds,
      run.bytes,
      run.notes,
      ...FIELDS.map((name) => settingInWords(name, run.settings)),
    ]),
  );
}
