// One image through the network, with the mathematics of nn/, and back to its pixels. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';
import type { ActivationSettings } from '../../src-shared/settings/settings';
import { createActivation } from '../../src-shared/nn/activations';
import { Matrix } from '../../src-shared/nn/matrix';
import { softmax } from '../../src-shared/nn/softmax';

/** What an image becomes, layer by layer; of the last layer z are the logits and a the probabilities. */
export interface Pass {
  /** [layers][units], before the activation */
  z: Float64Array[];
  /** [layers][units], after it */
  a: Float64Array[];
}

/** @param image bytes of its pixels */
export function toInput(image: ArrayLike<number>): Float64Array {
  return Float64Array.from(image, (pixel) => pixel / 255);
}

/** @param x [pixels], 0 to 1 */
export function forward(layers: readonly LayerWeights[], activation: ActivationSettings, x: Float64Array): Pass {
  const pass: Pass = { z: [], a: [] };
  let signal = x;
  layers.forEach((layer, index) => {
    const z = affine(layer, signal);
    const isLast = index === layers.length - 1;
    const a = isLast ? softmax(asRow(z)) : createActivation(activation).forward(asRow(z));
    signal = a.data as Float64Array;
    pass.z.push(z);
    pass.a.push(signal);
  });
  return pass;
}

/**
 * The slope of one class's logit with respect to every pixel: how much it would grow with more ink there.
 * @returns [pixels]
 */
export function logitGradient(
  layers: readonly LayerWeights[],
  activation: ActivationSettings,
  pass: Pass,
  label: number,
): Float64Array {
  const last = layers.at(-1)!;
  let gradient: Float64Array = Float64Array.from(last.weight.subarray(label * last.inputs, (label + 1) * last.inputs));
  for (let index = layers.length - 2; index >= 0; index--) {
    const bend = createActivation(activation);
    bend.forward(asRow(pass.z[index]!));
    gradient = backThrough(layers[index]!, bend.backward(asRow(gradient)).data as Float64Array);
  }
  return gradient;
}

/**
 * What each pixel added to a class's logit: its ink times the slope there. For ReLU the sum over all pixels is the
 * logit but for what the biases add. "Gradient × input": Shrikumar et al. 2016, "Not just a black box", section 2.
 * @returns [pixels]: positive spoke for the class, negative against it
 */
export function attribution(
  layers: readonly LayerWeights[],
  activation: ActivationSettings,
  x: Float64Array,
  label: number,
): Float64Array {
  const gradient = logitGradient(layers, activation, forward(layers, activation, x), label);
  return gradient.map((slope, pixel) => slope * x[pixel]!);
}

/** z = W x + b */
function affine({ weight, bias, inputs, outputs }: LayerWeights, x: Float64Array): Float64Array {
  const z = new Float64Array(outputs);
  for (let j = 0, w = 0; j < outputs; j++) {
    let sum = bias[j]!;
    for (let i = 0; i < inputs; i++, w++) sum += weight[w]! * x[i]!;
    z[j] = sum;
  }
  return z;
}

/** Wᵀ dz */
function backThrough({ weight, inputs, outputs }: LayerWeights, dz: Float64Array): Float64Array {
  const dx = new Float64Array(inputs);
  for (let j = 0, w = 0; j < outputs; j++) for (let i = 0; i < inputs; i++, w++) dx[i]! += weight[w]! * dz[j]!;
  return dx;
}

function asRow(numbers: Float64Array): Matrix {
  return new Matrix(1, numbers.length, numbers);
}
