// Summarizes a layer's gradient: its norm, and a histogram of its components.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import type { LayerGradient } from '../../../src-shared/runs/gradients';
import { scaleLimit } from '../../../src-shared/runs/weight-pictures';

/** An odd number, so that gradients of exactly zero lie in the middle of the middle bin. */
export const GRADIENT_BINS = 41;

/** Of more weights than this, only every second, third … is counted: the shape is the same, and it takes less time. */
const MOST_COUNTED = 20_000;

/** Norm of weights and biases together; histogram of the weights from −limit to limit, the rest at its ends. */
export function describeGradient({ weight, bias }: LayerWeights): LayerGradient {
  const step = Math.ceil(weight.length / MOST_COUNTED);
  const counted =
    step === 1 ? weight : Float32Array.from({ length: Math.floor(weight.length / step) }, (_, k) => weight[k * step]!);
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
