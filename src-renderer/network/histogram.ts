// How the numbers of a layer are spread: weights, activations, gradients. Pure.
import type { LayerGradient } from '../../src-shared/contract';
import { scaleLimit } from '../../src-shared/weight-pictures';
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
  return { low: -limit, high: limit, counts: histogram, total: histogram.reduce((sum, count) => sum + count, 0), zeros: 0 };
}

/** Over all units and test images. Exact zeros, of which ReLU makes most, are counted apart. */
export function activationHistogram(values: Float32Array, bend: Bend): Histogram {
  const [low, high] = activationRange(values, bend);
  const counts = countIn(values, low, high, true);
  const shown = counts.reduce((sum, count) => sum + count, 0);
  return { low, high, counts, total: values.length, zeros: values.length - shown };
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
