// First-layer weights as small pictures: each weight of a hidden unit is drawn at the pixel that it multiplies.
import type { LayerWeights } from '../networks/layers';

/** A pixel stands for the weight pixel / 127 × limit. Weights beyond ±limit are drawn as ±limit. */
export interface WeightPictures {
  units: number;
  rows: number;
  columns: number;
  limit: number;
  /** [units, rows × columns] */
  pixels: Int8Array;
}

/** This share of the weights lies beyond the scale, so that a few large ones do not make all others pale. */
const SHARE_BEYOND_SCALE = 0.005;

/** @param layer the first layer, whose inputs are rows × columns pixels */
export function weightPictures(layer: LayerWeights, rows: number, columns: number): WeightPictures {
  const limit = scaleLimit(layer.weight);
  return { units: layer.outputs, rows, columns, limit, pixels: picturePixels(layer.weight, limit) };
}

/** Maps −limit to limit onto −127 to 127, and clips what lies beyond. */
export function picturePixels(weights: Float32Array, limit: number): Int8Array {
  const pixels = new Int8Array(weights.length);
  const scale = 127 / limit;
  // Rounds to the nearest integer, much faster than Math.round.
  const rounded = (value: number): number => ((value + 127.5) | 0) - 127;
  // Plain loops here and below, because this runs several times a second during training.
  for (let k = 0; k < pixels.length; k++) {
    const value = weights[k]! * scale;
    pixels[k] = value > 127 ? 127 : value < -127 ? -127 : rounded(value);
  }
  return pixels;
}

/** A round number that only the few largest weights exceed in magnitude. */
export function scaleLimit(weights: Float32Array): number {
  return roundUp(quantileOfMagnitude(weights, 1 - SHARE_BEYOND_SCALE));
}

/** Of more weights than this, only every second, third … is used: the limit is a round number anyway. */
const MOST_SAMPLES = 50_000;

/** The magnitude that this share of the weights stays below, from 1024 bins: sorting would take longer. */
function quantileOfMagnitude(weights: Float32Array, share: number): number {
  const stride = Math.ceil(weights.length / MOST_SAMPLES);
  const samples = Math.ceil(weights.length / stride);
  let largest = 0;
  for (let k = 0; k < weights.length; k += stride) largest = Math.max(largest, Math.abs(weights[k]!));
  if (!(largest > 0) || !Number.isFinite(largest)) return 1;
  const bins = new Uint32Array(1024);
  for (let k = 0; k < weights.length; k += stride)
    bins[Math.min(1023, Math.floor((Math.abs(weights[k]!) / largest) * 1024))]!++;
  let below = 0;
  const bin = bins.findIndex((count) => (below += count) >= share * samples);
  return ((bin + 1) / 1024) * largest;
}

/** Up to the next of these steps × a power of ten, so that the legend is easy to read and seldom changes. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * power >= value) ?? 10;
  return Number((step * power).toPrecision(2));
}
