// Histograms of a layer's weights, activations and gradients. Pure.
import type { TestActivations } from '../../src-shared/runs/predictions';
import type { LayerGradient } from '../../src-shared/runs/gradients';
import { scaleLimit } from '../../src-shared/runs/weight-pictures';
import type { LayerActivation } from './units';

export interface Histogram {
  low: number;
  high: number;
  /** Numbers in each of the equal bins from low to high. The outermost bins include everything beyond them. */
  counts: Uint32Array;
  /** All numbers, including the zeros that are left out. */
  total: number;
  /** Exact zeros, which are left out because they would dwarf all others. */
  zeros: number;
}

/** Odd, so that zero is in the middle of the middle bin. The trainer's gradient histograms have as many. */
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

/** Over all units and test images. Exact zeros, most of which come from ReLU, are counted separately. */
export function activationHistogram(
  { units, values }: Pick<TestActivations, 'units' | 'values'>,
  activation: LayerActivation,
): Histogram {
  const [low, high] = activationRange(sampleOf(values, units), activation);
  const counts = countIn(values, low, high, true);
  const shown = counts.reduce((sum, count) => sum + count, 0);
  return { low, high, counts, total: values.length, zeros: values.length - shown };
}

/**
 * The top of a histogram's axis: its largest count, or less if that bar would dwarf the others.
 */
export interface HistogramScale {
  top: number;
  /** Index of the bar that is higher than `top`, if any. */
  cut: number | undefined;
}

/** A bar more than this many times the second highest is cut off. */
const CUT_FROM = 3;
const ROOM_ABOVE = 1.25;

export function histogramScale(counts: Uint32Array): HistogramScale {
  const fullest = counts.indexOf(Math.max(...counts));
  const second = Math.max(0, ...counts.filter((_, bin) => bin !== fullest));
  if (second === 0 || counts[fullest]! <= CUT_FROM * second)
    return { top: Math.max(1, counts[fullest]!), cut: undefined };
  return { top: second * ROOM_ABOVE, cut: fullest };
}

/** Values that are enough to find the end of the scale. */
const SAMPLED_VALUES = 200_000;

/** The activations for a sample of the images, evenly spaced. */
function sampleOf(values: Float32Array, units: number): Float32Array {
  const step = Math.ceil(values.length / SAMPLED_VALUES);
  const sample = new Float32Array(Math.ceil(values.length / units / step) * units);
  for (let row = 0; row * units < sample.length; row++)
    sample.set(values.subarray(row * step * units, (row * step + 1) * units), row * units);
  return sample;
}

function activationRange(values: Float32Array, activation: LayerActivation): [low: number, high: number] {
  if (activation === 'sigmoid' || activation === 'softmax') return [0, 1];
  if (activation === 'tanh') return [-1, 1];
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
