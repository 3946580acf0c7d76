// The multi-layer perceptron: linear layers, each but the last followed by an activation and dropout, then a softmax.
import { createActivation, type ActivationOptions } from './activations';
import { Dropout, hiddenMaskKey, inputMaskKey, type MaskDraw } from './dropout';
import { Linear, type Fan } from './linear';
import type { Matrix, Precision } from './matrix';
import type { Module, Parameter } from './module';
import type { Random } from './rng';
import { softmax } from './softmax';

export interface MLPOptions extends ActivationOptions {
  /** Units of each layer, from the input to the classes: [784, 256, 10]; [784, 10] has no hidden layer. */
  sizes: readonly number[];
  precision: Precision;
}

export interface InitializationOptions {
  method: 'he' | 'xavier';
  /** With he: the fan of the last layer. All others go by their inputs. */
  outputFan?: Fan;
}

/**
 * Not a Module: its output is probabilities, but its gradient starts at the logits and ends at the first layer's
 * parameters. The gradient with respect to the pixels, which training does not need, would cost more than all the rest.
 */
export class MLP {
  readonly linears: Linear[];
  private readonly inputDropout = new Dropout();
  /** One for each hidden layer. */
  private readonly activations: Module[];
  private readonly dropouts: Dropout[];
  /** The output of every layer at the last forward, [batch, units] each; the last are the probabilities. */
  outputs: Matrix[] = [];

  constructor({ sizes, precision, ...activation }: MLPOptions) {
    this.linears = sizes.slice(1).map((outputs, layer) => new Linear(sizes[layer]!, outputs, precision));
    this.activations = this.hiddenLinears.map(() => createActivation(activation));
    this.dropouts = this.hiddenLinears.map(() => new Dropout());
  }

  get hiddenLinears(): Linear[] {
    return this.linears.slice(0, -1);
  }

  /** Random initial weights, biases of 0. */
  initialize(random: Random, { method, outputFan = 'in' }: InitializationOptions): void {
    this.linears.forEach((linear, layer) => {
      const isLast = layer === this.linears.length - 1;
      if (method === 'xavier') linear.initializeXavier(random);
      else linear.initializeHe(random, isLast ? outputFan : 'in');
    });
  }

  /**
   * @param input [batch, pixels]
   * @param draw what to drop during training; without it nothing is dropped, as is right for predictions
   * @returns the probabilities, [batch, classes]
   */
  forward(input: Matrix, draw?: MaskDraw): Matrix {
    let signal = draw ? this.inputDropout.forward(input, draw.inputDropout, inputMaskKey(draw)) : input;
    this.outputs = this.hiddenLinears.map((linear, layer) => {
      signal = this.activations[layer]!.forward(linear.forward(signal));
      return (signal = this.dropouts[layer]!.forward(signal, draw?.dropout, draw && hiddenMaskKey(draw, layer)));
    });
    const probabilities = softmax(this.linears.at(-1)!.forward(signal));
    this.outputs.push(probabilities);
    return probabilities;
  }

  /**
   * Adds the gradients of all parameters to what they hold already.
   * @param dLogits [batch, classes], the gradient with respect to the softmax's input: CrossEntropyLoss.backward
   */
  backward(dLogits: Matrix): void {
    let gradient = dLogits;
    for (let layer = this.linears.length - 1; layer > 0; layer--) {
      gradient = this.linears[layer]!.backward(gradient);
      gradient = this.dropouts[layer - 1]!.backward(gradient);
      gradient = this.activations[layer - 1]!.backward(gradient);
    }
    this.linears[0]!.addParameterGradients(gradient);
  }

  /** All weights and biases, from the first layer to the last. */
  parameters(): Parameter[] {
    return this.linears.flatMap((linear) => linear.parameters());
  }
}
