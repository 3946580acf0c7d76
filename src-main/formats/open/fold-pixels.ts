// Folds the scaling of the pixels into the first layer, so that the network takes pixels from 0 to 1.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { isSameScaling, UNIT_PIXELS, type PixelScaling } from '../../../src-shared/networks/pixel-scaling';

/**
 * W (x − m) / d + b = (W / d) x + (b − m ΣW / d), computed in float64 and rounded once.
 * The layers are unchanged if the pixels are already from 0 to 1.
 */
export function foldPixels(layers: readonly LayerWeights[], pixels: PixelScaling): LayerWeights[] {
  const [first, ...rest] = layers as [LayerWeights, ...LayerWeights[]];
  if (isSameScaling(pixels, UNIT_PIXELS)) return [first, ...rest];
  const { mean, deviation } = pixels;
  const { inputs } = first;
  const bias = Float32Array.from(first.bias, (value, unit) => {
    let sum = 0;
    for (let i = 0; i < inputs; i++) sum += first.weight[unit * inputs + i]!;
    return value - (mean * sum) / deviation;
  });
  return [{ ...first, weight: first.weight.map((value) => value / deviation), bias }, ...rest];
}
