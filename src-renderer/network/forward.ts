// One image through the network, with the layers of nn/, and back to its pixels. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';
import { importLayer } from '../../src-shared/networks/layer-layout';
import { createActivation } from '../../src-shared/nn/activations';
import { Linear } from '../../src-shared/nn/linear';
import { Matrix } from '../../src-shared/nn/matrix';
import type { Module } from '../../src-shared/nn/module';
import { softmax } from '../../src-shared/nn/softmax';
import type { ActivationSettings } from '../../src-shared/settings/settings';

/** A trained network as modules, from the pixels to the logits. */
export interface Model {
  first: Linear;
  /** The hidden layers' activations, each with the linear layer that follows it. */
  others: readonly { activation: Module; linear: Linear }[];
}

/** Copies the weights, which costs more than a forward pass: create one model per network, not one per image. */
export function createModel([first, ...others]: readonly LayerWeights[], settings: ActivationSettings): Model {
  return {
    first: createLinear(first!),
    others: others.map((layer) => ({ activation: createActivation(settings), linear: createLinear(layer) })),
  };
}

function createLinear(layer: LayerWeights): Linear {
  const linear = new Linear(layer.inputs, layer.outputs, 'float32');
  importLayer(layer, linear.weight.value, linear.bias.value);
  return linear;
}

/** @param image bytes of its pixels. @returns [pixels], 0 to 1 */
export function toInput(image: ArrayLike<number>): Float64Array {
  return Float64Array.from(image, (pixel) => pixel / 255);
}

/**
 * @param x [pixels], 0 to 1
 * @returns [layers][units]: the activations of each hidden layer, then the probabilities of the classes
 */
export function forward({ first, others }: Model, x: Float64Array): Float64Array[] {
  const outputs: Matrix[] = [];
  let z = first.forward(asRow(x));
  for (const { activation, linear } of others) {
    const a = activation.forward(z);
    outputs.push(a);
    z = linear.forward(a);
  }
  outputs.push(softmax(z));
  return outputs.map(({ data }) => data as Float64Array);
}

/**
 * The contribution of each pixel to a class's logit: its ink times the gradient of the logit with respect to it. For
 * ReLU the sum over all pixels is the logit without the contribution of the biases. "Gradient × input": Shrikumar et
 * al. 2016, "Not just a black box", section 2.
 * @param x [pixels], 0 to 1
 * @returns [pixels]: positive is evidence for the class, negative against it
 */
export function attribution(model: Model, x: Float64Array, label: number): Float64Array {
  const probabilities = forward(model, x).at(-1)!;
  const dLogits = new Float64Array(probabilities.length);
  dLogits[label] = 1;
  let gradient = asRow(dLogits);
  for (let index = model.others.length - 1; index >= 0; index--) {
    const { activation, linear } = model.others[index]!;
    gradient = activation.backward(linear.inputGradient(gradient));
  }
  return (model.first.inputGradient(gradient).data as Float64Array).map((slope, pixel) => slope * x[pixel]!);
}

/** Sums of an attribution: of what speaks for the class, and of what speaks against it. Both are positive. */
export function evidenceOf(attributed: ArrayLike<number>): { inFavour: number; against: number } {
  let [inFavour, against] = [0, 0];
  for (let pixel = 0; pixel < attributed.length; pixel++) {
    const value = attributed[pixel]!;
    if (value > 0) inFavour += value;
    else against -= value;
  }
  return { inFavour, against };
}

function asRow(numbers: Float64Array): Matrix {
  return new Matrix(1, numbers.length, numbers);
}
