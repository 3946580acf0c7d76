// Curves and axes from measured values. Pure; knows nothing of Chart.js.
import type { EpochResult, TrainPoint } from '../../src-shared/runs/score';

export interface CurvePoint {
  /** Epochs trained. */
  x: number;
  y: number;
}

export interface Axis {
  min: number;
  max: number;
  step: number;
}

/** Enough points for a curve as wide as a screen, and few enough that dashes stay visible. */
const MOST_BINS = 120;
/** Epochs. Shorter bins show more noise than learning. The first epoch changes most and always has bins this short. */
const SHORTEST_BIN = 1 / 20;

/**
 * Training points averaged over bins of equal length, weighted by the epochs that each covers. The bins are fixed, so
 * earlier points do not change while the curve grows.
 */
export function trainCurve(points: readonly TrainPoint[], measure: 'loss' | 'accuracy', epochs: number): CurvePoint[] {
  const curve: CurvePoint[] = [];
  let binEnd = 0;
  let weight = 0;
  let before = 0;
  for (const point of points) {
    const covered = Math.max(point.epochs - before, Number.EPSILON);
    before = point.epochs;
    if (!Number.isFinite(point[measure])) continue;
    // A point covers the interval that ends at it, so a point on a bin's border belongs to the earlier bin.
    const width = point.epochs <= 1 ? SHORTEST_BIN : Math.max(epochs / MOST_BINS, SHORTEST_BIN);
    const end = Math.ceil(point.epochs / width - 1e-9) * width;
    if (end !== binEnd) {
      binEnd = end;
      weight = covered;
      curve.push({ x: point.epochs, y: point[measure] });
    } else {
      const last = curve[curve.length - 1]!;
      weight += covered;
      curve[curve.length - 1] = { x: point.epochs, y: last.y + ((point[measure] - last.y) * covered) / weight };
    }
  }
  return curve;
}

export function testCurve(results: readonly EpochResult[], measure: 'loss' | 'accuracy'): CurvePoint[] {
  const key = measure === 'loss' ? 'testLoss' : 'testAccuracy';
  return results.map((result) => ({ x: result.epoch, y: result[key] })).filter(({ y }) => Number.isFinite(y));
}

/** Empty without a validation split. */
export function validationCurve(results: readonly EpochResult[], measure: 'loss' | 'accuracy'): CurvePoint[] {
  return results.flatMap(({ epoch, validation }) =>
    validation && Number.isFinite(validation[measure]) ? [{ x: epoch, y: validation[measure] }] : [],
  );
}

/**
 * The values that an axis must show. The steep start of training is left out once there is more to see, because it
 * would squeeze the rest into a flat line.
 */
export function valuesToShow(
  train: readonly CurvePoint[],
  test: readonly CurvePoint[],
  validation: readonly CurvePoint[] = [],
): number[] {
  const trained = Math.max(train.at(-1)?.x ?? 0, test.at(-1)?.x ?? 0);
  const start = Math.min(0.4, trained * 0.2);
  return [...train.filter(({ x }) => x >= start), ...test, ...validation].map(({ y }) => y);
}

/** Maximum and step, multiplied by a power of ten. */
const LOSS_AXES = [
  [1, 0.2],
  [1.2, 0.2],
  [1.6, 0.4],
  [2, 0.5],
  [2.5, 0.5],
  [3, 0.5],
  [4, 1],
  [5, 1],
  [6, 1],
  [8, 2],
] as const;

/** Length and step, down from 1. */
const ACCURACY_AXES = [
  [0.04, 0.01],
  [0.05, 0.01],
  [0.08, 0.02],
  [0.1, 0.02],
  [0.2, 0.05],
  [0.3, 0.05],
  [0.5, 0.1],
] as const;

/** From zero to a round number above the values. Without values, the loss of guessing among ten classes fits. */
export function lossAxis(values: readonly number[]): Axis {
  if (values.length === 0) return { min: 0, max: 2.5, step: 0.5 };
  const top = Math.max(0.01, ...values) * 1.02;
  const power = 10 ** Math.floor(Math.log10(top));
  const [max, step] = LOSS_AXES.find(([end]) => end * power >= top) ?? [10, 2];
  return { min: 0, max: max * power, step: step * power };
}

/** From a round number below the values to 1. */
export function accuracyAxis(values: readonly number[]): Axis {
  if (values.length === 0) return { min: 0, max: 1, step: 0.2 };
  const gap = (1 - Math.min(0.98, ...values)) * 1.02;
  const [range, step] = ACCURACY_AXES.find(([length]) => length >= gap) ?? [1, 0.2];
  return { min: 1 - range, max: 1, step };
}

/**
 * Vertical centres of labels beside the ends of lines: at the wanted heights, or moved just far enough apart to be
 * readable. The order is kept.
 * @param height of a label. All labels stay between top and bottom if they fit.
 */
export function placeLabels(wanted: readonly number[], height: number, top: number, bottom: number): number[] {
  const clamp = (y: number, labels: number): number =>
    Math.max(Math.min(y, bottom - (labels - 0.5) * height), top + height / 2);
  // Groups of labels that touch: the height of the first, and its labels, one label height apart.
  const groups: { first: number; labels: number[] }[] = [];
  for (const label of wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || a - b)) {
    let labels = [label];
    let first = clamp(wanted[label]!, 1);
    for (
      let above = groups.at(-1);
      above && above.first + above.labels.length * height > first;
      above = groups.at(-1)
    ) {
      groups.pop();
      labels = [...above.labels, ...labels];
      const sum = labels.reduce((all, of, place) => all + clamp(wanted[of]!, 1) - place * height, 0);
      first = clamp(sum / labels.length, labels.length);
    }
    groups.push({ first, labels });
  }
  const heights: number[] = [];
  for (const { first, labels } of groups) labels.forEach((label, place) => (heights[label] = first + place * height));
  return heights;
}
