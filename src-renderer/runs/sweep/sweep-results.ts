// What a group of runs has reached, by the settings in which they differ. Pure.
import type { RunSummary } from '../../../src-shared/runs/runs';
import type { FieldName } from '../../../src-shared/settings/settings';
import { toCsv } from '../../ui/csv';
import { fieldHelp, FIELDS, valueInWords } from '../../settings';

export interface SweepCell {
  /** One for each varied field, in words. */
  values: string[];
  /** The same as numbers, where the field is one. */
  numbers: (number | undefined)[];
  /** In all. */
  runs: number;
  /** Test accuracies of those that have any, 0 to 1. */
  accuracies: number[];
  /** NaN before the first. */
  mean: number;
}

export interface SweepResults {
  /** In which the runs differ; the seed is none of them. */
  fields: FieldName[];
  /** In the order of their values. */
  cells: SweepCell[];
}

export function sweepResults(runs: readonly RunSummary[]): SweepResults {
  const fields = FIELDS.filter(
    (name) =>
      name !== 'seed' && runs.some(({ settings }) => String(settings[name]) !== String(runs[0]!.settings[name])),
  );
  const gathered = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = JSON.stringify(fields.map((name) => run.settings[name]));
    gathered.set(key, [...(gathered.get(key) ?? []), run]);
  }
  const cells = [...gathered.values()].map((same): SweepCell => {
    const { settings } = same[0]!;
    const accuracies = same.flatMap(({ result }) => (result ? [result.testAccuracy] : []));
    return {
      values: fields.map((name) => valueInWords(name, settings[name])),
      numbers: fields.map((name) => (typeof settings[name] === 'number' ? settings[name] : undefined)),
      runs: same.length,
      accuracies,
      mean: accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length,
    };
  });
  return { fields, cells: cells.sort(byValues) };
}

function byValues(a: SweepCell, b: SweepCell): number {
  for (const [k, value] of a.values.entries()) {
    const [x, y] = [a.numbers[k], b.numbers[k]];
    const order =
      x !== undefined && y !== undefined ? x - y : value.localeCompare(b.values[k]!, 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return 0;
}

/** Standard deviation of a sample; NaN of fewer than two. */
export function deviation({ accuracies, mean }: Pick<SweepCell, 'accuracies' | 'mean'>): number {
  if (accuracies.length < 2) return NaN;
  return Math.sqrt(accuracies.reduce((sum, accuracy) => sum + (accuracy - mean) ** 2, 0) / (accuracies.length - 1));
}

/**
 * Where each cell stands along the horizontal axis, 0 to 1: numbers by their size, or by their powers of ten where they
 * span many; others evenly.
 */
export function placesOf(cells: readonly SweepCell[]): number[] {
  const numbers = cells.map(({ numbers: [number] }) => number);
  if (cells.length < 2) return cells.map(() => 0.5);
  if (numbers.some((number) => number === undefined)) return cells.map((_, k) => k / (cells.length - 1));
  const known = numbers as number[];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (low > 0 && high / low >= 8) return known.map((number) => Math.log(number / low) / Math.log(high / low));
  return known.map((number) => (number - low) / (high - low));
}

export function sweepTable({ fields, cells }: SweepResults): string {
  return toCsv(
    [
      ...fields.map((name) => fieldHelp(name).label),
      'runs',
      'with a result',
      'mean test accuracy',
      'lowest',
      'highest',
      'standard deviation',
    ],
    cells.map((cell) => {
      const { values, runs, accuracies, mean } = cell;
      const known = accuracies.length > 0 ? [mean, Math.min(...accuracies), Math.max(...accuracies)] : ['', '', ''];
      return [...values, runs, accuracies.length, ...known, accuracies.length > 1 ? deviation(cell) : ''];
    }),
  );
}
