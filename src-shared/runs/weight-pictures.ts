// First-layer weights as small pictures: each hidden unit's weights lie on the pixels that they look at.
import type { LayerWeights, WeightPictures } from '../contract';

/** The end of the scale leaves out this share of weights, so that a few large ones do not make all others pale. */
const SHARE_BEYOND_SCALE = 0.005;

/** @param layer the first: its inputs are rows × columns pixels */
export function weightPictures(layer: LayerWeights, rows: number, columns: number): WeightPictures {
  const limit = scaleLimit(layer.weight);
  return { units: layer.outputs, rows, columns, limit, pixels: picturePixels(layer.weight, limit) };
}

/** From −127 to 127 for −limit to limit; what lies beyond is drawn as the end. */
export function picturePixels(weights: Float32Array, limit: number): Int8Array {
  const pixels = new Int8Array(weights.length);
  const scale = 127 / limit;
  // The same as rounding to the nearest, and much faster.
  const rounded = (value: number): number => ((value + 127.5) | 0) - 127;
  // Plain loops here and below: this runs several times a second, beside training.
  for (let k = 0; k < pixels.length; k++) {
    const value = weights[k]! * scale;
    pixels[k] = value > 127 ? 127 : value < -127 ? -127 : rounded(value);
  }
  return pixels;
}

/** A round number beyond which, on both sides of zero, lie only the few largest weights. */
export function scaleLimit(weights: Float32Array): number {
  return roundUp(quantileOfMagnitude(weights, 1 - SHARE_BEYOND_SCALE));
}

/** Of more weights than this, every second, third … is looked at: the end of the scale is a round number anyway. */
const MOST_LOOKED_AT = 50_000;

/** The magnitude below which a share of all weights lies, from a histogram of 1024 bins: sorting would take longer. */
function quantileOfMagnitude(weights: Float32Array, share: number): number {
  const each = Math.ceil(weights.length / MOST_LOOKED_AT);
  const looked = Math.ceil(weights.length / each);
  let largest = 0;
  for (let k = 0; k < weights.length; k += each) largest = Math.max(largest, Math.abs(weights[k]!));
  if (!(largest > 0) || !Number.isFinite(largest)) return 1;
  const bins = new Uint32Array(1024);
  for (let k = 0; k < weights.length; k += each)
    bins[Math.min(1023, Math.floor((Math.abs(weights[k]!) / largest) * 1024))]!++;
  let below = 0;
  const bin = bins.findIndex((count) => (below += count) >= share * looked);
  return ((bin + 1) / 1024) * largest;
}

/**
 * Up to the next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 × a power of ten, so that the legend is easy to read and seldom
 * changes.
 */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * power >= value) ?? 10;
  return Number((step * power).toPrecision(2));
}
