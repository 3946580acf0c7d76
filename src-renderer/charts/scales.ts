// Logarithmic axes, smoothed and thinned curves, best values: for the large charts, beside curves.ts. Pure.
import type { CurvePoint } from './curves';

export interface ValueAxis {
  min: number;
  max: number;
  /** Distance of ticks. The ticks of a logarithmic axis follow from its range. */
  step?: number;
  log: boolean;
  /** Whether small values are at the top. */
  reverse?: boolean;
}

/** From 1, 2 or 5 times a power of ten below the values to one above them. Ignores values that are not above zero. */
export function logAxis(values: readonly number[], least = 1e-12): ValueAxis {
  const positive = values.filter((value) => value > least && Number.isFinite(value));
  if (positive.length === 0) return { min: 0.01, max: 1, log: true };
  const [low, high] = positive.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, 0]);
  const [min, max] = [roundTo(low, 'down'), roundTo(high, 'up')];
  return { min, max: max > min ? max : min * 10, log: true };
}

function roundTo(value: number, way: 'down' | 'up'): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 5, 10].map((step) => Number((step * power).toPrecision(3)));
  return way === 'down'
    ? steps.filter((step) => step <= value * (1 + 1e-9)).at(-1)!
    : steps.find((step) => step >= value * (1 - 1e-9))!;
}

/** Whether a tick of a logarithmic axis has a number: 1, 2 or 5 times a power of ten. */
export function isRoundTick(value: number): boolean {
  const mantissa = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].some((round) => Math.abs(mantissa - round) < 1e-6);
}

/**
 * The exponential moving average over a number of epochs, with bias correction as in Adam. A point is weighted by the
 * epochs since the one before it.
 */
export function smoothed(points: readonly CurvePoint[], epochs: number): CurvePoint[] {
  let [sum, weight, before] = [0, 0, 0];
  return points.map(({ x, y }) => {
    const keep = Math.exp(-(x - before) / epochs);
    before = x;
    sum = keep * sum + (1 - keep) * y;
    weight = keep * weight + (1 - keep);
    return { x, y: weight > 0 ? sum / weight : y };
  });
}

/** At most `most` points: means of equally many consecutive points, and the newest point unchanged. */
export function thinned(points: readonly CurvePoint[], most: number): CurvePoint[] {
  const each = Math.ceil(points.length / most);
  if (each <= 1) return [...points];
  const means: CurvePoint[] = [];
  for (let from = 0; from + each < points.length; from += each) {
    const group = points.slice(from, from + each);
    means.push({ x: group.at(-1)!.x, y: group.reduce((sum, { y }) => sum + y, 0) / each });
  }
  return [...means, points.at(-1)!];
}

/** The point with the lowest or highest value; the first of equal ones. */
export function bestOf(points: readonly CurvePoint[], which: 'lowest' | 'highest'): CurvePoint | undefined {
  const sign = which === 'lowest' ? 1 : -1;
  return points.reduce<CurvePoint | undefined>(
    (best, point) => (best && sign * best.y <= sign * point.y ? best : point),
    undefined,
  );
}

/** The points between two epochs, and one more on each side, so that lines reach the edges. */
export function pointsIn(points: readonly CurvePoint[], from: number, to: number): readonly CurvePoint[] {
  const first = points.findIndex(({ x }) => x >= from);
  const after = points.findIndex(({ x }) => x > to);
  return first < 0 ? points.slice(-1) : points.slice(Math.max(0, first - 1), after < 0 ? undefined : after + 1);
}
