// A layer's gradient in a few numbers: how long it is, and how its parts are spread.
import type { LayerGradient, LayerWeights } from '../../src-shared/contract';
import { scaleLimit } from '../../src-shared/weight-pictures';

/** An odd number: gradients of exactly zero lie in the middle of the middle one. */
export const GRADIENT_BINS = 41;

export function describeGradient({ weight, bias }: LayerWeights): LayerGradient {
  const limit = scaleLimit(weight);
  const histogram = new Uint32Array(GRADIENT_BINS);
  let squares = 0;
  for (let k = 0; k < weight.length; k++) {
    const gradient = weight[k]!;
    squares += gradient * gradient;
    const bin = Math.floor(((gradient / limit + 1) / 2) * GRADIENT_BINS);
    histogram[Math.min(GRADIENT_BINS - 1, Math.max(0, bin))]!++;
  }
  for (let k = 0; k < bias.length; k++) squares += bias[k]! * bias[k]!;
  return { norm: Math.sqrt(squares), histogram, limit };
}
