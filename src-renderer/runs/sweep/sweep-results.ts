// The results of a group of runs by the settings that vary. Pure.
import type { RunSummary } from '../../../src-shared/runs/runs';
import type { FieldName } from '../../../src-shared/settings/settings';
import { toCsv } from '../../ui/csv';
import { fieldHelp, FIELDS, valueInWords } from '../../settings';

/** The runs with the same values of the varied settings. */
export interface SweepCell {
  /** One for each varied field, in words. */
  values: string[];
  /** The same as numbers; undefined if the field is no number. */
  numbers: (number | undefined)[];
  /** Number of runs. */
  runs: number;
  /** Test accuracies, 0 to 1, of the runs that have one. */
  accuracies: number[];
  /** NaN if no run has an accuracy yet. */
  mean: number;
}

export interface SweepResults {
  /** The settings in which the runs differ, without the seed. */
  fields: FieldName[];
  /** Sorted by their values. */
  cells: SweepCell[];
}

export function sweepResults(runs: readonly RunSummary[]): SweepResults {
  const fields = FIELDS.filter(
    (name) =>
      name !== 'seed' && runs.some(({ settings }) => String(settings[name]) !== String(runs[0]!.settings[name])),
  );
  const byValues = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = JSON.stringify(fields.map((name) => run.settings[name]));
    byValues.set(key, [...(byValues.get(key) ?? []), run]);
  }
  const cells = [...byValues.values()].map((same): SweepCell => {
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
  return { fields, cells: cells.sort(compareCells) };
}

function compareCells(a: SweepCell, b: SweepCell): number {
  for (const [k, value] of a.values.entries()) {
    const [x, y] = [a.numbers[k], b.numbers[k]];
    const order =
      x !== undefined && y !== undefined ? x - y : value.localeCompare(b.values[k]!, 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return 0;
}

/** Sample standard deviation of the accuracies; NaN for fewer than two. */
export function deviation({ accuracies, mean }: Pick<SweepCell, 'accuracies' | 'mean'>): number {
  if (accuracies.length < 2) return NaN;
  return Math.sqrt(accuracies.reduce((sum, accuracy) => sum + (accuracy - mean) ** 2, 0) / (accuracies.length - 1));
}

/**
 * Position of each cell along the horizontal axis, 0 to 1. Numbers are on a linear scale, or on a logarithmic one if
 * they are positive and span a factor of 8 or more. Other values are evenly spaced.
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

/** One row per cell. */
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
