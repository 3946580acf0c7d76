// Folds elementwise affine maps, scale · x + offset, into the linear layer before or after them, so that a network with
// normalization becomes a chain of linear layers with the same outputs. Computed in float64 and rounded once.
import type { LayerWeights } from '../../../src-shared/networks/layers';

/** A linear layer, as stored or as computed. */
export interface LinearLayer {
  /** [out, in], row by row */
  weight: ArrayLike<number>;
  /** [out] */
  bias: ArrayLike<number>;
  inputs: number;
  outputs: number;
}

/** A linear layer before it is rounded to float32. */
export interface ExactLayer extends LinearLayer {
  weight: Float64Array;
  bias: Float64Array;
}

/** scale · x + offset. Each has one number per feature, or one number for all features. */
export interface Affine {
  scale: ArrayLike<number>;
  offset: ArrayLike<number>;
}

/** The layer whose output for x is that of `layer` for scale · x + offset. */
export function foldBefore(layer: LinearLayer, { scale, offset }: Affine): ExactLayer {
  const { inputs, outputs } = layer;
  const weight = Float64Array.from(layer.weight);
  const bias = Float64Array.from(layer.bias);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      const n = o * inputs + i;
      bias[o]! += weight[n]! * ofFeature(offset, i);
      weight[n]! *= ofFeature(scale, i);
    }
  }
  return { weight, bias, inputs, outputs };
}

/** The layer whose output is scale · y + offset if that of `layer` is y. */
export function foldAfter(layer: LinearLayer, { scale, offset }: Affine): ExactLayer {
  const { inputs, outputs } = layer;
  const weight = Float64Array.from(layer.weight, (value, n) => value * ofFeature(scale, Math.floor(n / inputs)));
  const bias = Float64Array.from(layer.bias, (value, o) => value * ofFeature(scale, o) + ofFeature(offset, o));
  return { weight, bias, inputs, outputs };
}

export interface BatchNormalization {
  /** If undefined, 1. */
  gamma: ArrayLike<number> | undefined;
  /** If undefined, 0. */
  beta: ArrayLike<number> | undefined;
  mean: ArrayLike<number>;
  variance: ArrayLike<number>;
  epsilon: number;
}

/** gamma · (x − mean) / √(variance + epsilon) + beta (Ioffe and Szegedy 2015, algorithm 2). */
export function batchNormAffine({ gamma, beta, mean, variance, epsilon }: BatchNormalization): Affine {
  const scale = Float64Array.from(variance, (value, k) => (gamma ? gamma[k]! : 1) / Math.sqrt(value + epsilon));
  const offset = Float64Array.from(mean, (value, k) => (beta ? beta[k]! : 0) - value * scale[k]!);
  return { scale, offset };
}

/** The map that applies `first`, then `second`. */
export function composed(first: Affine, second: Affine): Affine {
  const length = Math.max(...[first, second].flatMap(({ scale, offset }) => [scale.length, offset.length]));
  const scale = new Float64Array(length);
  const offset = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    const factor = ofFeature(second.scale, k);
    scale[k] = ofFeature(first.scale, k) * factor;
    offset[k] = ofFeature(first.offset, k) * factor + ofFeature(second.offset, k);
  }
  return { scale, offset };
}

/** A number too large for float32 becomes infinite: check with hasOnlyFiniteNumbers. */
export function roundedLayer({ weight, bias, inputs, outputs }: LinearLayer): LayerWeights {
  return { weight: Float32Array.from(weight), bias: Float32Array.from(bias), inputs, outputs };
}

/** Folding can give numbers that float32 cannot hold, for example with a variance of 0. */
export function hasOnlyFiniteNumbers({ weight, bias }: LayerWeights): boolean {
  return weight.every(Number.isFinite) && bias.every(Number.isFinite);
}

function ofFeature(values: ArrayLike<number>, feature: number): number {
  return values.length === 1 ? values[0]! : values[feature]!;
}
