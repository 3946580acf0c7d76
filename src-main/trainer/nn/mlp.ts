// The multi-layer perceptron: linear layers with an activation between each two, and a softmax at the end.
import type { Activation, Fan, Precision } from '../../../src-shared/settings';
import type { Random } from '../rng';
import { createActivation } from './activations';
import { Linear } from './linear';
import type { Matrix } from './matrix';
import { Module, type Parameter } from './module';
import { Softmax } from './softmax';

export interface MLPShape {
  /** Units from the input over the hidden layers to the classes, such as [784, 256, 10]. */
  sizes: readonly number[];
  activation: Activation;
  precision: Precision;
}

export class MLP extends Module {
  readonly linears: Linear[];
  private readonly activations: Module[];
  private readonly softmax = new Softmax();

  constructor({ sizes, activation, precision }: MLPShape) {
    super();
    this.linears = sizes.slice(1).map((outputs, layer) => new Linear(sizes[layer]!, outputs, precision));
    this.activations = this.linears.slice(1).map(() => createActivation(activation));
  }

  /** @param outputFan of the last layer; all others go by their inputs */
  heInitialise(random: Random, outputFan: Fan = 'in'): void {
    this.linears.forEach((linear, layer) => linear.heInitialise(random, layer === this.linears.length - 1 ? outputFan : 'in'));
  }

  /** @returns the probabilities, [batch, classes] */
  forward(input: Matrix): Matrix {
    let signal = input;
    this.linears.forEach((linear, layer) => {
      signal = linear.forward(signal);
      signal = this.activations[layer]?.forward(signal) ?? signal;
    });
    return this.softmax.forward(signal);
  }

  /**
   * @param dLogits [batch, classes], the gradient with respect to the softmax's input (from CrossEntropyLoss.backward)
   * @returns [batch, units of the first layer], the gradient with respect to the first layer's output: the one with
   * respect to the pixels is of no use, and would cost as much as all the rest
   */
  backward(dLogits: Matrix): Matrix {
    let gradient = dLogits;
    for (let layer = this.linears.length - 1; layer > 0; layer--) {
      gradient = this.linears[layer]!.backward(gradient);
      gradient = this.activations[layer - 1]!.backward(gradient);
    }
    this.linears[0]!.addParameterGradients(gradient);
    return gradient;
  }

  override parameters(): Parameter[] {
    return this.linears.flatMap((linear) => linear.parameters());
  }
}
