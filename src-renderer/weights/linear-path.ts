// The linear path from the pixels to a unit of a deeper layer: what it would look for without activations. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';
import { scaleLimit } from '../../src-shared/runs/weight-pictures';

/**
 * Row `unit` of W_l · … · W_1: how strongly each pixel reaches the unit if the activations are left out. In layer 0
 * these are its own weights.
 * @returns [pixels]
 */
export function linearPath(layers: readonly LayerWeights[], layer: number, unit: number): Float32Array {
  const { weight, inputs } = layers[layer]!;
  let path = weight.subarray(unit * inputs, (unit + 1) * inputs);
  for (let below = layer - 1; below >= 0; below--) path = throughLayer(path, layers[below]!);
  return path;
}

/** The row vector path · W */
function throughLayer(path: Float32Array, { weight, inputs, outputs }: LayerWeights): Float32Array {
  const result = new Float32Array(inputs);
  for (let j = 0, w = 0; j < outputs; j++) {
    const factor = path[j]!;
    for (let i = 0; i < inputs; i++, w++) result[i]! += factor * weight[w]!;
  }
  return result;
}

const SAMPLED_UNITS = 8;

/** One colour scale for the pictures of all units of a layer, estimated from a few evenly spaced units. */
export function pathLimit(layers: readonly LayerWeights[], layer: number): number {
  const { outputs } = layers[layer]!;
  const count = Math.min(outputs, SAMPLED_UNITS);
  const paths = Array.from({ length: count }, (_, k) => linearPath(layers, layer, Math.floor((k * outputs) / count)));
  const pixels = paths[0]!.length;
  const together = new Float32Array(count * pixels);
  paths.forEach((path, k) => together.set(path, k * pixels));
  return scaleLimit(together);
}

/** Multiplications for the pictures of this many units. */
export function pathCost(layers: readonly LayerWeights[], layer: number, units: number): number {
  return layers.slice(0, layer).reduce((sum, { weight }) => sum + weight.length, 0) * units;
}
