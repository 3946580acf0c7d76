// A layer's gradient in a few numbers: how long it is, and how its parts are spread.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import type { LayerGradient } from '../../../src-shared/runs/gradients';
import { scaleLimit } from '../../../src-shared/runs/weight-pictures';

/** An odd number: gradients of exactly zero lie in the middle of the middle one. */
export const GRADIENT_BINS = 41;

/** Of more weights than this, every second, third … is counted: the shape is the same, and training need not wait. */
const MOST_COUNTED = 20_000;

export function describeGradient({ weight, bias }: LayerWeights): LayerGradient {
  const each = Math.ceil(weight.length / MOST_COUNTED);
  const counted =
    each === 1 ? weight : Float32Array.from({ length: Math.floor(weight.length / each) }, (_, k) => weight[k * each]!);
  const limit = scaleLimit(counted);
  const histogram = new Uint32Array(GRADIENT_BINS);
  let squares = 0;
  for (let k = 0; k < weight.length; k++) squares += weight[k]! * weight[k]!;
  for (let k = 0; k < counted.length; k++) {
    const bin = Math.floor(((counted[k]! / limit + 1) / 2) * GRADIENT_BINS);
    histogram[Math.min(GRADIENT_BINS - 1, Math.max(0, bin))]!++;
  }
  for (let k = 0; k < bias.length; k++) squares += bias[k]! * bias[k]!;
  return { norm: Math.sqrt(squares), histogram, limit };
}
