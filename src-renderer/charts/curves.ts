// From what was measured to what a chart shows: calm curves and round axes. Pure; knows nothing of Chart.js.
import type { EpochResult, TrainPoint } from '../../src-shared/contract';

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

/** Enough for a curve as wide as a screen, few enough that dashes stay dashes. */
const MOST_BINS = 120;
/** Epochs; shorter stretches show more noise than learning. The first epoch changes most and always has them. */
const SHORTEST_BIN = 1 / 20;

/**
 * Train points averaged over equal stretches of epochs, weighted by how much each covers. The stretches are fixed, so
 * the past does not change while the curve grows.
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
    // A point stands for the stretch that ends at it, so one that ends on a border belongs to the bin before.
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

/**
 * The values that an axis must show. The first steep moments are left to run off the chart once there is more to see;
 * else they would press all that follows into a flat line.
 */
export function valuesToShow(train: readonly CurvePoint[], test: readonly CurvePoint[]): number[] {
  const trained = Math.max(train.at(-1)?.x ?? 0, test.at(-1)?.x ?? 0);
  const start = Math.min(0.4, trained * 0.2);
  return [...train.filter(({ x }) => x >= start), ...test].map(({ y }) => y);
}

/** End and step, to be multiplied by a power of ten. */
const LOSS_AXES = [[1, 0.2], [1.2, 0.2], [1.6, 0.4], [2, 0.5], [2.5, 0.5], [3, 0.5], [4, 1], [5, 1], [6, 1], [8, 2]] as const;

/** Length and step, downwards from 1. */
const ACCURACY_AXES = [[0.04, 0.01], [0.05, 0.01], [0.08, 0.02], [0.1, 0.02], [0.2, 0.05], [0.3, 0.05], [0.5, 0.1]] as const;

/** From zero to a round number above the values; of guessing among ten classes, before there are any. */
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
 * Heights for two labels beside their lines' ends: where wanted, or just far enough apart for both to be read.
 * @param height of a label; both stay between top and bottom.
 */
export function placeLabels(a: number, b: number, height: number, top: number, bottom: number): [number, number] {
  const clamp = (y: number, margin: number): number => Math.min(Math.max(y, top + margin), bottom - margin);
  const [first, second] = [clamp(a, height / 2), clamp(b, height / 2)];
  if (Math.abs(first - second) >= height) return [first, second];
  const middle = clamp((first + second) / 2, height);
  const half = a <= b ? height / 2 : -height / 2;
  return [middle - half, middle + half];
}
