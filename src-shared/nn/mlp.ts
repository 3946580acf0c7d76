// The multi-layer perceptron: linear layers with an activation and dropout between each two, and a softmax at the end.
import type { ActivationSettings, Precision, Settings } from '../settings/settings';
import type { Random } from './rng';
import { createActivation } from './activations';
import { Dropout, hiddenMaskKey, inputMaskKey, type MaskDraw } from './dropout';
import { Linear } from './linear';
import type { Matrix } from './matrix';
import { Module, type Parameter } from './module';
import { Softmax } from './softmax';

export interface MLPShape extends ActivationSettings {
  /**
   * Units from the input over the hidden layers to the classes, such as [784, 256, 10]; [784, 10] has no hidden layer.
   */
  sizes: readonly number[];
  precision: Precision;
}

export class MLP extends Module {
  readonly linears: Linear[];
  private readonly inputDropout = new Dropout();
  /** One of each hidden layer. */
  private readonly activations: Module[];
  private readonly dropouts: Dropout[];
  private readonly softmax = new Softmax();
  /** What came out of every layer at the last forward, [batch, units] each; last the probabilities. */
  outputs: Matrix[] = [];

  constructor({ sizes, precision, ...activation }: MLPShape) {
    super();
    this.linears = sizes.slice(1).map((outputs, layer) => new Linear(sizes[layer]!, outputs, precision));
    this.activations = this.hiddenLinears.map(() => createActivation(activation));
    this.dropouts = this.hiddenLinears.map(() => new Dropout());
  }

  get hiddenLinears(): Linear[] {
    return this.linears.slice(0, -1);
  }

  /**
   * Random first weights.
   * - he: He in every layer, by its inputs; the last one by outputFan.
   * - xavier: Glorot in every layer.
   * - seed: as the seed program, He by the inputs in every layer.
   */
  initialise(random: Random, { initialisation, outputFan }: Pick<Settings, 'initialisation' | 'outputFan'>): void {
    this.linears.forEach((linear, layer) => {
      const isLast = layer === this.linears.length - 1;
      if (initialisation === 'xavier') linear.xavierInitialise(random);
      else linear.heInitialise(random, initialisation === 'he' && isLast ? outputFan : 'in');
    });
  }

  /**
   * @param input [batch, pixels]
   * @param draw what to drop while training; without it nothing is dropped, as it should be when predicting
   * @returns the probabilities, [batch, classes]
   */
  forward(input: Matrix, draw?: MaskDraw): Matrix {
    let signal = draw ? this.inputDropout.forward(input, draw.inputDropout, inputMaskKey(draw)) : input;
    this.outputs = this.hiddenLinears.map((linear, layer) => {
      signal = this.activations[layer]!.forward(linear.forward(signal));
      return (signal = this.dropouts[layer]!.forward(signal, draw?.dropout, draw && hiddenMaskKey(draw, layer)));
    });
    const probabilities = this.softmax.forward(this.linears.at(-1)!.forward(signal));
    this.outputs.push(probabilities);
    return probabilities;
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
      gradient = this.dropouts[layer - 1]!.backward(gradient);
      gradient = this.activations[layer - 1]!.backward(gradient);
    }
    this.linears[0]!.addParameterGradients(gradient);
    return gradient;
  }

  override parameters(): Parameter[] {
    return this.linears.flatMap((linear) => linear.parameters());
  }
}
