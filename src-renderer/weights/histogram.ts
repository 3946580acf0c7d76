// How the numbers of a layer are spread: weights, activations, gradients. Pure.
import type { LayerGradient } from '../../src-shared/runs/gradients';
import type { TestActivations } from '../../src-shared/runs/predictions';
import { scaleLimit } from '../../src-shared/runs/weight-pictures';
import type { Bend } from './units';

export interface Histogram {
  low: number;
  high: number;
  /** How many lie in each of equal parts of low to high; those beyond are in the outermost. */
  counts: Uint32Array;
  /** Of all numbers, those that are left out included. */
  total: number;
  /** Exact zeros that are left out, because they would dwarf all others. */
  zeros: number;
}

/** An odd number: zero lies in the middle of the middle one. As many as the trainer's gradients have. */
const BINS = 41;

export function weightHistogram(weights: Float32Array): Histogram {
  const limit = scaleLimit(weights);
  return { low: -limit, high: limit, counts: countIn(weights, -limit, limit, false), total: weights.length, zeros: 0 };
}

export function gradientHistogram({ histogram, limit }: LayerGradient): Histogram {
  return {
    low: -limit,
    high: limit,
    counts: histogram,
    total: histogram.reduce((sum, count) => sum + count, 0),
    zeros: 0,
  };
}

/** Over all units and test images. Exact zeros, of which ReLU makes most, are counted apart. */
export function activationHistogram(
  { units, values }: Pick<TestActivations, 'units' | 'values'>,
  bend: Bend,
): Histogram {
  const [low, high] = activationRange(someOf(values, units), bend);
  const counts = countIn(values, low, high, true);
  const shown = counts.reduce((sum, count) => sum + count, 0);
  return { low, high, counts, total: values.length, zeros: values.length - shown };
}

/**
 * How high the axis of a histogram goes: up to its largest count, or to what leaves the others to be seen beside it.
 */
export interface HistogramScale {
  top: number;
  /** The bar that is higher than that. */
  cut: number | undefined;
}

/** So many times as high as all others a bar is cut. */
const CUT_FROM = 3;
const ROOM_ABOVE = 1.25;

export function histogramScale(counts: Uint32Array): HistogramScale {
  const fullest = counts.indexOf(Math.max(...counts));
  const second = Math.max(0, ...counts.filter((_, bin) => bin !== fullest));
  if (second === 0 || counts[fullest]! <= CUT_FROM * second)
    return { top: Math.max(1, counts[fullest]!), cut: undefined };
  return { top: second * ROOM_ABOVE, cut: fullest };
}

/** Numbers that are enough to know where the scale ends. */
const ENOUGH = 200_000;

/** What comes out for some of the images, evenly apart. */
function someOf(values: Float32Array, units: number): Float32Array {
  const apart = Math.ceil(values.length / ENOUGH);
  const some = new Float32Array(Math.ceil(values.length / units / apart) * units);
  for (let row = 0; row * units < some.length; row++)
    some.set(values.subarray(row * apart * units, (row * apart + 1) * units), row * units);
  return some;
}

function activationRange(values: Float32Array, bend: Bend): [low: number, high: number] {
  if (bend === 'sigmoid' || bend === 'softmax') return [0, 1];
  if (bend === 'tanh') return [-1, 1];
  let low = 0;
  for (let k = 0; k < values.length; k++) if (values[k]! < low) low = values[k]!;
  return [low, scaleLimit(values)];
}

function countIn(values: Float32Array, low: number, high: number, withoutZeros: boolean): Uint32Array {
  const counts = new Uint32Array(BINS);
  const perUnit = BINS / (high - low);
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (withoutZeros && value === 0) continue;
    counts[Math.min(BINS - 1, Math.max(0, Math.floor((value - low) * perUnit)))]!++;
  }
  return counts;
}
