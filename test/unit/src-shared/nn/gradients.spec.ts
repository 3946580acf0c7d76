// Every backward against central differences of its forward, in float64.
import { describe, expect, it } from 'vitest';
import { GELU, LeakyReLU, ReLU, Sigmoid, Tanh } from '../../../../src-shared/nn/activations';
import { CrossEntropyLoss } from '../../../../src-shared/nn/cross-entropy-loss';
import { Dropout } from '../../../../src-shared/nn/dropout';
import { numericalGradient } from '../../../../src-shared/nn/gradient-check';
import { Linear } from '../../../../src-shared/nn/linear';
import { Matrix } from '../../../../src-shared/nn/matrix';
import { MLP } from '../../../../src-shared/nn/mlp';
import type { Module } from '../../../../src-shared/nn/module';
import { softmax } from '../../../../src-shared/nn/softmax';
import { Random } from '../../../../src-shared/nn/rng';
import type { Activation } from '../../../../src-shared/settings/settings';
import { CHOICE_FIELDS } from '../../../../src-shared/settings/settings-fields';

const ACTIVATIONS = Object.keys(CHOICE_FIELDS.activation.options) as Activation[];

/** Decimal places that must agree; fewer if the loss is a logarithm, whose 1e-8 the analytic gradient leaves out. */
const PLACES = 7;
const PLACES_OF_LOSS = 6;

function randomMatrix(rows: number, columns: number, random: Random): Matrix {
  return new Matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => random.gaussian()),
  );
}

function expectSameGradient(analytic: Matrix, value: Matrix, loss: () => number, places = PLACES): void {
  numericalGradient(value, loss).data.forEach((slope, i) =>
    expect(analytic.data[i], `element ${i}`).toBeCloseTo(slope, places),
  );
}

/** With a made-up loss: the sum of the outputs, each times a fixed random number. */
function checkModule(module: Module, input: Matrix): void {
  const random = new Random(7, 'order');
  const dOutput = randomMatrix(input.rows, module.forward(input).columns, random);
  const loss = () =>
    Array.from(module.forward(input).data).reduce((sum, value, i) => sum + value * dOutput.data[i]!, 0);
  module.forward(input);
  expectSameGradient(module.backward(dOutput), input, loss);
  for (const { value, gradient } of module.parameters()) expectSameGradient(gradient, value, loss);
}

describe('backward is the slope of forward', () => {
  const random = new Random(3, 'weights');
  const input = randomMatrix(4, 5, random);

  it('for Linear: its input, weights and biases', () => {
    const linear = new Linear(5, 3, 'float64');
    linear.initializeHe(random);
    checkModule(linear, input);
  });

  it('for Linear with inputs of zero', () => {
    const linear = new Linear(5, 3, 'float64');
    linear.initializeHe(random);
    const sparse = new Matrix(
      4,
      5,
      input.data.map((value, i) => (i % 3 === 0 ? 0 : value)),
    );
    checkModule(linear, sparse);
  });

  it.each([new Sigmoid(), new ReLU(), new LeakyReLU(0.2), new Tanh(), new GELU()])('for $constructor.name', (module) =>
    checkModule(module, input),
  );

  it('for softmax and cross-entropy together, up to the 1e-8 in the logarithm', () => {
    const logits = randomMatrix(4, 5, random);
    const targets = [0, 4, 2, 2];
    const crossEntropy = new CrossEntropyLoss();
    const loss = () => crossEntropy.forward(softmax(logits), targets);
    loss();
    expectSameGradient(crossEntropy.backward(), logits, loss, PLACES_OF_LOSS);
  });

  it('for cross-entropy with label smoothing, up to the 1e-8 in the logarithm', () => {
    const logits = randomMatrix(4, 5, random);
    const crossEntropy = new CrossEntropyLoss({ labelSmoothing: 0.2 });
    const loss = () => crossEntropy.forward(softmax(logits), [0, 4, 2, 2]);
    loss();
    expectSameGradient(crossEntropy.backward(), logits, loss, PLACES_OF_LOSS);
  });

  it('for Dropout, whose mask stays the same for the same key', () => {
    const dropout = new Dropout();
    const dOutput = randomMatrix(4, 5, random);
    const loss = () =>
      Array.from(dropout.forward(input, 0.4, 99).data).reduce((sum, value, i) => sum + value * dOutput.data[i]!, 0);
    loss();
    expectSameGradient(dropout.backward(dOutput), input, loss);
  });

  /** Small, so that no probability comes near 1e-8. */
  const small = new Matrix(
    4,
    5,
    input.data.map((value) => value / 3),
  );
  const draw = { seed: 1, update: 5, dropout: 0.5, inputDropout: 0.2 };
  describe.each([
    { hidden: [], labelSmoothing: 0, draw: undefined },
    { hidden: [7, 6], labelSmoothing: 0, draw: undefined },
    { hidden: [7, 6], labelSmoothing: 0.1, draw },
    { hidden: [], labelSmoothing: 0.1, draw },
  ])(
    'for all weights and biases of a network with hidden units $hidden, label smoothing $labelSmoothing and ' +
      'dropout $draw.dropout',
    (network) => {
      it.each(ACTIVATIONS)('and %s', (activation) => {
        const model = new MLP({ sizes: [5, ...network.hidden, 3], activation, leakySlope: 0.3, precision: 'float64' });
        model.initialize(random, { method: 'he' });
        const crossEntropy = new CrossEntropyLoss({ labelSmoothing: network.labelSmoothing });
        const loss = () => crossEntropy.forward(model.forward(small, network.draw), [0, 2, 1, 1]);
        loss();
        model.backward(crossEntropy.backward());
        for (const { value, gradient } of model.parameters()) expectSameGradient(gradient, value, loss, PLACES_OF_LOSS);
        expect(model.parameters().some(({ gradient }) => gradient.data.some((g) => Math.abs(g) > 0.01))).toBe(true);
      });
    },
  );
});
