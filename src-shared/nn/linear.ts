// The layer that learns: every output is a weighted sum of all inputs, plus a bias.
import { Matrix, type Precision } from './matrix';
import { Module, type Parameter } from './module';
import type { Random } from './rng';

/** What the variance of He's initial weights depends on: the number of a layer's inputs, or of its outputs. */
export type Fan = 'in' | 'out';

/** z = x W + b, with x [batch, in], W [in, out], b [1, out]. */
export class Linear extends Module {
  readonly weight: Parameter;
  readonly bias: Parameter;
  private input: Matrix | undefined;

  /** Weights and biases are zero at first: call initializeHe or initializeXavier before training. */
  constructor(
    readonly inputs: number,
    readonly outputs: number,
    precision: Precision,
  ) {
    super();
    this.weight = {
      kind: 'weight',
      value: Matrix.zeros(inputs, outputs, precision),
      gradient: Matrix.zeros(inputs, outputs, precision),
    };
    this.bias = {
      kind: 'bias',
      value: Matrix.zeros(1, outputs, precision),
      gradient: Matrix.zeros(1, outputs, precision),
    };
  }

  /**
   * Normal random weights of mean 0 and variance 2 / fan; biases 0. If the fan is the number of inputs, signals keep
   * their size on the way forwards although ReLU switches half of the units off. If it is the number of outputs,
   * gradients keep theirs on the way back. He et al. 2015, "Delving deep into rectifiers", equations 10 and 14.
   */
  initializeHe(random: Random, fan: Fan = 'in'): void {
    const { data } = this.weight.value;
    const deviation = Math.sqrt(2 / (fan === 'in' ? this.inputs : this.outputs));
    for (let i = 0; i < data.length; i++) data[i] = deviation * random.gaussian();
    this.bias.value.data.fill(0);
  }

  /**
   * Uniform random weights up to ±√(6 / (in + out)); biases 0. Their variance 2 / (in + out) is a compromise between
   * signals that keep their size forwards and gradients that keep theirs on the way back, for activations with a slope
   * of 1 at 0, like tanh. Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward
   * neural networks", equation 16.
   */
  initializeXavier(random: Random): void {
    const { data } = this.weight.value;
    const limit = Math.sqrt(6 / (this.inputs + this.outputs));
    for (let i = 0; i < data.length; i++) data[i] = limit * (2 * random.uniform() - 1);
    this.bias.value.data.fill(0);
  }

  forward(input: Matrix): Matrix {
    this.input = input;
    const { inputs, outputs } = this;
    const x = input.data;
    const w = this.weight.value.data;
    const output = Matrix.zeros(input.rows, outputs, input.precision);
    for (let n = 0; n < input.rows; n++) {
      const z = output.row(n);
      z.set(this.bias.value.data);
      for (let i = 0; i < inputs; i++) {
        const xi = x[n * inputs + i]!;
        if (xi === 0) continue; // adds nothing, and four fifths of MNIST's pixels are zero
        for (let j = 0, k = i * outputs; j < outputs; j++, k++) z[j]! += xi * w[k]!;
      }
    }
    return output;
  }

  backward(dOutput: Matrix): Matrix {
    this.addParameterGradients(dOutput);
    return this.inputGradient(dOutput);
  }

  /** dW += xᵀ dz and db += the sum of dz over the batch. All that the first layer of a network needs. */
  addParameterGradients(dOutput: Matrix): void {
    const { inputs, outputs } = this;
    const x = this.input!.data;
    const dW = this.weight.gradient.data;
    const db = this.bias.gradient.data;
    for (let n = 0; n < dOutput.rows; n++) {
      const dz = dOutput.row(n);
      for (let j = 0; j < outputs; j++) db[j]! += dz[j]!;
      for (let i = 0; i < inputs; i++) {
        const xi = x[n * inputs + i]!;
        if (xi === 0) continue;
        for (let j = 0, k = i * outputs; j < outputs; j++, k++) dW[k]! += xi * dz[j]!;
      }
    }
  }

  /** dx = dz Wᵀ, [batch, in]. All that is needed to explain an output by the input. */
  inputGradient(dOutput: Matrix): Matrix {
    const { inputs, outputs } = this;
    const w = this.weight.value.data;
    const dInput = Matrix.zeros(dOutput.rows, inputs, dOutput.precision);
    for (let n = 0; n < dOutput.rows; n++) {
      const dz = dOutput.row(n);
      const dx = dInput.row(n);
      for (let i = 0; i < inputs; i++) {
        let sum = 0;
        for (let j = 0, k = i * outputs; j < outputs; j++, k++) sum += dz[j]! * w[k]!;
        dx[i] = sum;
      }
    }
    return dInput;
  }

  override parameters(): Parameter[] {
    return [this.weight, this.bias];
  }
}
