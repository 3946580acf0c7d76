// Converts between the layouts of a layer's weights: [in, out] in nn/, [out, in] in files and messages, as in PyTorch.
import type { LayerState, LayerWeights } from './layers';
import type { Matrix } from '../nn/matrix';

/** Side of the squares in which weights are transposed: both layouts of one fit into the processor's first cache. */
const SQUARE = 32;

/**
 * Copies a layer into the matrices of nn/, which keep their own precision.
 * @param weight [in, out]
 * @param bias [1, out]
 */
export function importLayer(from: LayerState, weight: Matrix, bias: Matrix): void {
  const { rows: inputs, columns: outputs, data } = weight;
  const source = from.weight;
  for (let top = 0; top < inputs; top += SQUARE) {
    for (let left = 0; left < outputs; left += SQUARE) {
      for (let i = top; i < Math.min(top + SQUARE, inputs); i++) {
        for (let j = left; j < Math.min(left + SQUARE, outputs); j++) data[i * outputs + j] = source[j * inputs + i]!;
      }
    }
  }
  bias.data.set(from.bias);
}

/**
 * Copies a layer out of the matrices of nn/, in their precision.
 * @param weight [in, out]
 * @param bias [1, out]
 */
export function exportState(weight: Matrix, bias: Matrix): LayerState {
  const { rows: inputs, columns: outputs } = weight;
  const transposed = weight.data.slice();
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) transposed[j * inputs + i] = weight.data[i * outputs + j]!;
  }
  return { weight: transposed, bias: bias.data.slice(), inputs, outputs };
}

/** The same as float32. */
export function exportLayer(weight: Matrix, bias: Matrix): LayerWeights {
  const state = exportState(weight, bias);
  return { ...state, weight: Float32Array.from(state.weight), bias: Float32Array.from(state.bias) };
}
