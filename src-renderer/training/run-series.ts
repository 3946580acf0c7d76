// The lines of a run's charts, and their axes. Pure.
import { formatFixed, formatLoss, formatPercent, formatSignificant, formatUpTo } from '../ui/format';
import type { EpochResult } from '../../src-shared/runs/score';
import type { Run } from '../client/training';
import {
  accuracyAxis,
  lossAxis,
  testCurve,
  trainCurve,
  validationCurve,
  valuesToShow,
  type CurvePoint,
} from '../charts/curves';
import { faded } from '../charts/hex-color';
import type { Series } from '../charts/line-chart-data';
import { bestOf, logAxis, pointsIn, smoothed, thinned, type ValueAxis } from '../charts/scales';
import { shortRate } from '../settings';
import type { Theme } from '../charts/theme';
import type { Range } from '../charts/zoom';

export type Measure = 'loss' | 'accuracy';

/** Titles of the charts. */
export const MEASURE_TITLES = {
  loss: { title: 'Loss', subtitle: 'cross-entropy, lower is better' },
  accuracy: { title: 'Accuracy', subtitle: 'correctly classified' },
} as const satisfies Record<Measure, unknown>;

/** How a value of the measure is written. @param digits of an accuracy, after the decimal point */
export function formatOf(measure: Measure, digits = 1): (value: number) => string {
  return measure === 'loss' ? formatLoss : (share) => formatPercent(share, digits);
}

/** How the lines are shown. */
export interface LineView {
  /** Epochs that are shown. If undefined, the whole run. */
  range: Range | undefined;
  log: boolean;
  /** Epochs. */
  smoothing: number;
}

export const WHOLE_RUN: LineView = { range: undefined, log: false, smoothing: 0 };

export interface Lines {
  series: Series[];
  axis: ValueAxis;
  formatValue: (value: number) => string;
  formatTick: (value: number) => string;
  longest?: string;
}

/** A logarithmic axis shows accuracy as the misclassified share. It has no place for 0, which is shown as this. */
const MIN_ERROR = 1e-4;

export interface Curves {
  train: CurvePoint[];
  test: CurvePoint[];
  validation: CurvePoint[];
}

/** @param epochs of the whole run */
export function curvesOf(
  { points, results }: Pick<Run, 'points' | 'results'>,
  measure: Measure,
  epochs: number,
): Curves {
  return {
    train: trainCurve(points, measure, epochs),
    test: testCurve(results, measure),
    validation: validationCurve(results, measure),
  };
}

/** The test curve of an earlier run, behind the curves of the shown one. */
export interface Ghost {
  name: string;
  test: CurvePoint[];
}

/** The test curve up to the first epoch that is beyond the axis. */
export function ghostOf(
  { name, results }: { name: string; results: readonly EpochResult[] },
  measure: Measure,
  epochs: number,
): Ghost {
  const test = testCurve(results, measure);
  const beyond = test.findIndex(({ x }) => x >= epochs);
  return { name, test: beyond < 0 ? test : test.slice(0, beyond + 1) };
}

/** @param ghost must not be hidden by the axes, but must not squeeze the other lines either */
export function measureLines(
  curves: Curves,
  measure: Measure,
  { range, log, smoothing }: LineView,
  ghost?: Ghost,
): Lines {
  const [train, test, validation] = [curves.train, curves.test, curves.validation].map((points) =>
    placedOn(points, measure, log),
  ) as [Points, Points, Points];
  const smooth = smoothing > 0 ? smoothed(train, smoothing) : train;
  const series: Series[] = [
    { name: 'train', points: smooth, color: ({ train: color }) => color, width: 1.75, dash: [5, 3] },
    { name: 'test', points: test, color: ({ accent }) => accent, width: 2.25, dots: true },
    { name: 'valid.', points: validation, color: ({ validation: color }) => color, width: 2, dash: [2, 3], dots: true },
  ];
  if (smoothing > 0)
    series.unshift({ name: '', points: train, color: ({ train: color }) => faded(color, 25), width: 1 });

  const within = (points: Points): number[] =>
    (range ? pointsIn(points, range.from, range.to) : points).map(({ y }) => y);
  const values = range ? [smooth, test, validation].flatMap(within) : valuesToShow(smooth, test, validation);
  if (ghost) {
    const points = placedOn(ghost.test, measure, log);
    series.push({ name: ghost.name, points, color: ({ muted }) => muted, width: 1.25, behind: true });
    values.push(...ghostValues(values, within(points), measure === 'accuracy' && !log ? 1 : 0));
  }
  return { series, ...measureScale(values, measure, { log, part: range !== undefined }) };
}

type Points = readonly CurvePoint[];

/** How many times as long an axis may become so that it shows the ghost. */
const MOST_STRETCH = 2;

/** The values of a ghost that an axis shows beside the given values. @param end where the axis begins: 0 or 1 */
function ghostValues(values: readonly number[], ghost: readonly number[], end: number): number[] {
  const distance = (y: number): number => Math.abs(end - y);
  const most = MOST_STRETCH * Math.max(...values.map(distance));
  return values.length === 0 ? [...ghost] : ghost.filter((y) => distance(y) <= most);
}

/** Points on the axis of their measure. On a logarithmic axis, accuracy becomes the misclassified share. */
export function placedOn(points: Points, measure: Measure, log: boolean): Points {
  return log && measure === 'accuracy' ? points.map(({ x, y }) => ({ x, y: Math.max(MIN_ERROR, 1 - y) })) : points;
}

/**
 * The axis for values from `placedOn`, and the formats of its values and ticks.
 * @param view.part whether the values are those of a part of the run
 */
export function measureScale(
  values: readonly number[],
  measure: Measure,
  { log, part }: { log: boolean; part: boolean },
): Omit<Lines, 'series'> {
  const asError = log && measure === 'accuracy';
  const format = formatOf(measure);
  const axis = log
    ? { ...logAxis(values, MIN_ERROR / 2), reverse: asError }
    : { ...linearAxis(values, measure, part), log };
  const step = 'step' in axis ? (axis.step ?? 1) : 1;
  return {
    axis,
    formatValue: asError ? (error) => formatPercent(1 - error) : format,
    formatTick: (value) => {
      if (asError) return formatPercent(1 - value, value < 0.001 ? 2 : value < 0.01 ? 1 : 0);
      if (measure === 'accuracy') return formatPercent(value, step < 0.01 ? 1 : 0);
      return log ? shortRate(value) : formatFixed(value, step < 0.01 ? 3 : step < 0.1 ? 2 : 1);
    },
  };
}

/** The axis of a part of a run spans only the values in that part. */
function linearAxis(values: readonly number[], measure: Measure, part: boolean): Omit<ValueAxis, 'log'> {
  if (!part || values.length === 0) return measure === 'loss' ? lossAxis(values) : accuracyAxis(values);
  const [low, high] = values.reduce(([a, b], y) => [Math.min(a, y), Math.max(b, y)], [Infinity, -Infinity]);
  const step = [1, 2, 5, 10]
    .map((k) => k * 10 ** Math.floor(Math.log10((high - low) / 4 || 0.001)))
    .find((one) => (high - low) / one <= 5)!;
  return { min: Math.max(0, Math.floor(low / step) * step), max: Math.ceil(high / step + 1e-9) * step, step };
}

const MAX_POINTS = 400;

/** The learning rate at every point of the training curve. */
export function rateLines({ points }: Pick<Run, 'points'>): Lines {
  const rates = thinned(
    points.map(({ epochs, learningRate }) => ({ x: epochs, y: learningRate })),
    MAX_POINTS,
  );
  const most = bestOf(rates, 'highest')?.y || 0.1;
  return {
    series: [{ name: 'rate', points: rates, color: ({ ink }) => ink, width: 1.75 }],
    axis: { min: 0, max: most, step: most / 2, log: false },
    formatValue: shortRate,
    formatTick: shortRate,
    longest: '0.00000',
  };
}

/** The norm of each layer's gradient. */
export function gradientLines({ gradients }: Pick<Run, 'gradients'>): Lines {
  const layers = gradients[0]?.layers.length ?? 0;
  const series = Array.from({ length: layers }, (_, layer): Series => {
    const norms = gradients.map(({ epochs, layers: all }) => ({ x: epochs, y: all[layer]!.norm }));
    return {
      name: layer === layers - 1 ? 'output' : `layer ${layer + 1}`,
      points: thinned(norms, MAX_POINTS),
      color: ({ classes }: Theme) => classes[layer]!,
      width: 1.5,
    };
  });
  return {
    series,
    axis: logAxis(series.flatMap(({ points }) => points.map(({ y }) => y))),
    formatValue: (norm) => formatSignificant(norm, 2),
    formatTick: shortRate,
  };
}

export interface Extreme {
  name: string;
  last: number;
  best: CurvePoint;
}

/** The last and the best value of each curve that has points. */
export function extremesOf({ train, test, validation }: Curves, measure: Measure): Extreme[] {
  const named: [string, CurvePoint[]][] = [
    ['train', train],
    ['test', test],
    ['validation', validation],
  ];
  return named.flatMap(([name, points]) => {
    const best = bestOf(points, measure === 'loss' ? 'lowest' : 'highest');
    return best ? [{ name, last: points.at(-1)!.y, best }] : [];
  });
}

/** "train 0.25, best 0.25 at epoch 2; test 0.3, best 0.28 at epoch 1" */
export function extremesInWords(extremes: readonly Extreme[], format: (value: number) => string): string {
  return extremes
    .map(({ name, last, best }) => `${name} ${format(last)}, best ${format(best.y)} at epoch ${formatUpTo(best.x, 1)}`)
    .join('; ');
}
