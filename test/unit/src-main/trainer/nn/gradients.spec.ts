// Every backward against finite differences of its forward, in float64: (f(x + h) − f(x − h)) / 2h.
import { describe, expect, it } from 'vitest';
import { ReLU, Sigmoid, Tanh } from '../../../../../src-main/trainer/nn/activations';
import { CrossEntropyLoss } from '../../../../../src-main/trainer/nn/cross-entropy-loss';
import { Linear } from '../../../../../src-main/trainer/nn/linear';
import { Matrix } from '../../../../../src-main/trainer/nn/matrix';
import { MLP } from '../../../../../src-main/trainer/nn/mlp';
import type { Module } from '../../../../../src-main/trainer/nn/module';
import { Softmax } from '../../../../../src-main/trainer/nn/softmax';
import { Random } from '../../../../../src-main/trainer/rng';
import { ACTIVATIONS } from '../../../../../src-shared/settings';

const H = 1e-6;
/** Decimal places that must agree; fewer where the loss is a logarithm, whose 1e-8 the analytic gradient leaves out. */
const PLACES = 7;
const PLACES_OF_LOSS = 6;

function randomMatrix(rows: number, columns: number, random: Random): Matrix {
  return new Matrix(rows, columns, Float64Array.from({ length: rows * columns }, () => random.gaussian()));
}

function expectSameGradient(analytic: Matrix, value: Matrix, loss: () => number, places = PLACES): void {
  for (let i = 0; i < value.data.length; i++) {
    const original = value.data[i]!;
    value.data[i] = original + H;
    const above = loss();
    value.data[i] = original - H;
    const below = loss();
    value.data[i] = original;
    expect(analytic.data[i], `element ${i}`).toBeCloseTo((above - below) / (2 * H), places);
  }
}

/** A made-up loss: the sum of the outputs, each times a fixed random number. */
function checkModule(module: Module, input: Matrix): void {
  const random = new Random(7, 'order');
  const dOutput = randomMatrix(input.rows, module.forward(input).columns, random);
  const loss = () => Array.from(module.forward(input).data).reduce((sum, value, i) => sum + value * dOutput.data[i]!, 0);
  module.zeroGrad();
  module.forward(input);
  expectSameGradient(module.backward(dOutput), input, loss);
  for (const { value, gradient } of module.parameters()) expectSameGradient(gradient, value, loss);
}

describe('backward is the slope of forward', () => {
  const random = new Random(3, 'weights');
  const input = randomMatrix(4, 5, random);

  it('for Linear: its input, weights and biases', () => {
    const linear = new Linear(5, 3, 'float64');
    linear.heInitialise(random);
    checkModule(linear, input);
  });

  it('for Linear where inputs are zero', () => {
    const linear = new Linear(5, 3, 'float64');
    linear.heInitialise(random);
    const sparse = new Matrix(4, 5, input.data.map((value, i) => (i % 3 === 0 ? 0 : value)));
    checkModule(linear, sparse);
  });

  it.each([new Sigmoid(), new ReLU(), new Tanh(), new Softmax()])('for $constructor.name', (module) => checkModule(module, input));

  it('for softmax and cross-entropy together, up to the 1e-8 in the logarithm', () => {
    const logits = randomMatrix(4, 5, random);
    const targets = [0, 4, 2, 2];
    const softmax = new Softmax();
    const crossEntropy = new CrossEntropyLoss();
    const loss = () => crossEntropy.forward(softmax.forward(logits), targets);
    loss();
    expectSameGradient(crossEntropy.backward(), logits, loss, PLACES_OF_LOSS);
  });

  it.each(ACTIVATIONS)('for a whole network with %s: all weights and biases of three layers', (activation) => {
    const model = new MLP({ sizes: [5, 7, 6, 3], activation, precision: 'float64' });
    model.heInitialise(random);
    const targets = [0, 2, 1, 1];
    const crossEntropy = new CrossEntropyLoss();
    const loss = () => crossEntropy.forward(model.forward(input), targets);
    loss();
    model.zeroGrad();
    model.backward(crossEntropy.backward());
    for (const { value, gradient } of model.parameters()) expectSameGradient(gradient, value, loss, PLACES_OF_LOSS);
  });
});
