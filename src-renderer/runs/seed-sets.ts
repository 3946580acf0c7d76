// Runs that differ only in their seed, and follow one another, are one row of the list that unfolds. Pure.
import type { RunSummary } from '../../src-shared/runs/runs';
import { formatFixed, formatPercent } from '../ui/format';
import { storedTitle } from '../client/run-title';
import { recipeInWords, recipeKey } from '../settings';
import { deviation } from './sweep/sweep-results';

export type ListRow =
  | { kind: 'run'; id: string; runs: readonly [RunSummary]; inSet: boolean }
  /** By their numbers. */
  | { kind: 'seeds'; id: string; runs: readonly RunSummary[]; unfolded: boolean };

/** Text that is equal for runs that may differ in their seed. Cached: a list has thousands of runs. */
const recipes = new WeakMap<RunSummary, string>();

function recipeOf(run: RunSummary): string {
  let recipe = recipes.get(run);
  if (recipe === undefined) {
    recipe = `${recipeKey(run)} ${run.group?.id}`;
    recipes.set(run, recipe);
  }
  return recipe;
}

/** Whether the run came to its end: the result of another one would not be comparable, and falsify the mean. */
const isWhole = ({ status }: RunSummary): boolean => status === 'completed' || status === 'early';

/** @returns the runs in order of their numbers, in one list for each row */
export function seedSets(runs: readonly RunSummary[]): RunSummary[][] {
  const sets: RunSummary[][] = [];
  for (const run of [...runs].sort((a, b) => a.number - b.number)) {
    const last = sets.at(-1);
    const belongs =
      last &&
      isWhole(last[0]!) &&
      isWhole(run) &&
      recipeOf(last[0]!) === recipeOf(run) &&
      last.every(({ settings }) => settings.seed !== run.settings.seed);
    if (belongs) last.push(run);
    else sets.push([run]);
  }
  return sets;
}

/** NaN if no run has a result. */
export function meanOf(runs: readonly RunSummary[], key: 'testAccuracy' | 'testLoss'): number {
  const values = runs.flatMap(({ result }) => result?.[key] ?? []);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** "98.41% ± 0.03": the mean and the standard deviation, in percentage points; "98.41%" for one result. */
export function accuracyOf(runs: readonly RunSummary[]): string {
  const accuracies = runs.flatMap(({ result }) => result?.testAccuracy ?? []);
  if (accuracies.length === 0) return '–';
  const mean = meanOf(runs, 'testAccuracy');
  const spread = deviation({ accuracies, mean });
  return formatPercent(mean, 2) + (Number.isNaN(spread) ? '' : ` ± ${formatFixed(100 * spread, 2)}`);
}

export function secondsOf(runs: readonly RunSummary[]): number {
  return runs.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** "#3–5", or "#3…7" if other runs are between them. */
export function numbersOf(runs: readonly Pick<RunSummary, 'number'>[]): string {
  const numbers = runs.map(({ number }) => number);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  if (first === last) return `#${first}`;
  return `#${first}${last - first < runs.length ? '–' : '…'}${last}`;
}

/** The name of the first run, or its recipe if that is only named by its seed. */
export function nameOfRow(runs: readonly RunSummary[]): string {
  const { name, settings } = runs[0]!;
  if (runs.length === 1) return name;
  return /^seed \d+$/.test(name) ? recipeInWords({ ...settings, seed: 1 }) : name;
}

/** "#3–5 · learning rate 0.01", or the title of the one run. */
export function titleOfRow(runs: readonly RunSummary[]): string {
  return runs.length === 1 ? storedTitle(runs[0]!) : `${numbersOf(runs)} · ${nameOfRow(runs)}`;
}

/** The rows from sorted sets. @param unfolded ids of rows */
export function rowsOfSets(
  sets: readonly (readonly RunSummary[])[],
  unfolded: readonly string[],
  sort: (runs: readonly RunSummary[]) => readonly RunSummary[],
): ListRow[] {
  const single = (run: RunSummary, inSet: boolean): ListRow => ({ kind: 'run', id: run.id, runs: [run], inSet });
  return sets.flatMap((runs): ListRow[] => {
    if (runs.length === 1) return [single(runs[0]!, false)];
    const id = `seeds-${runs[0]!.id}`;
    const isOpen = unfolded.includes(id);
    const row: ListRow = { kind: 'seeds', id, runs, unfolded: isOpen };
    return isOpen ? [row, ...sort(runs).map((run) => single(run, true))] : [row];
  });
}
