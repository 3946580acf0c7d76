// Activations and learning rules against PyTorch in float64: numbers from test/fixtures/golden/make_learning_golden.py.
import { describe, expect, it } from 'vitest';
import { createActivation } from '../../../../src-shared/nn/activations';
import { clipGradients } from '../../../../src-shared/nn/clip';
import { createOptimizer } from '../../../../src-shared/nn/create-optimizer';
import { CrossEntropyLoss } from '../../../../src-shared/nn/cross-entropy-loss';
import { erf } from '../../../../src-shared/nn/erf';
import { Matrix, type Precision } from '../../../../src-shared/nn/matrix';
import { MLP } from '../../../../src-shared/nn/mlp';
import { activationSettings, goldenLearning, type LearningRun } from '../../../fixtures/golden/learning';

const TOLERANCE: Record<Precision, number> = { float64: 1e-9, float32: 1e-4 };

function expectClose(actual: number, expected: number, precision: Precision = 'float64'): void {
  expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThanOrEqual(
    TOLERANCE[precision] * Math.abs(expected),
  );
}

function goldenModel(activation: string, precision: Precision): MLP {
  const model = new MLP({ sizes: goldenLearning.sizes, ...activationSettings(activation), precision });
  model.linears.forEach(({ inputs, outputs, weight, bias }, layer) => {
    const [weights, biases] = goldenLearning.first[layer]!;
    for (let i = 0; i < inputs; i++)
      for (let j = 0; j < outputs; j++) weight.value.data[i * outputs + j] = weights[j]![i]!;
    bias.value.data.set(biases);
  });
  return model;
}

function expectSameTraining(golden: LearningRun, precision: Precision): void {
  const expectSame = (actual: number, expected: number) => expectClose(actual, expected, precision);
  const { clipNorm, labelSmoothing } = golden;
  const model = goldenModel(golden.activation, precision);
  const crossEntropy = new CrossEntropyLoss({ labelSmoothing });
  const optimizer = createOptimizer(golden.optimizer, model.parameters(), { ...golden, learningRate: 0, momentum: 0 });
  golden.losses.forEach((expectedLoss, update) => {
    const images = goldenLearning.images[update]!;
    optimizer.learningRate = golden.learningRates[update]!;
    optimizer.momentum = golden.momenta[update]!;
    const input = Matrix.zeros(images.length, images[0]!.length, precision);
    input.data.set(images.flat());
    const probabilities = model.forward(input);
    expectSame(crossEntropy.forward(probabilities, goldenLearning.labels[update]!), expectedLoss);
    optimizer.zeroGrad();
    model.backward(crossEntropy.backward());
    const gradients = model.parameters().flatMap(({ gradient }) => Array.from(gradient.data));
    expectSame(Math.hypot(...gradients), golden.gradientNorms[update]!);
    if (clipNorm > 0) clipGradients(model.parameters(), clipNorm);
    optimizer.step();
  });
  model.linears.forEach(({ inputs, outputs, weight, bias }, layer) => {
    const [weights, biases] = golden.last[layer]!;
    for (let i = 0; i < inputs; i++)
      for (let j = 0; j < outputs; j++) expectSame(weight.value.data[i * outputs + j]!, weights[j]![i]!);
    biases.forEach((expected, j) => expectSame(bias.value.data[j]!, expected));
  });
}

describe('erf', () => {
  it('equals that of Python to the last digits', () => {
    for (const [x, expected] of goldenLearning.erf)
      expect(Math.abs(erf(x) - expected), `erf ${x}`).toBeLessThanOrEqual(4e-16 * Math.abs(expected));
  });

  it('is 0 at 0, −1 and 1 at ∓infinity, and NaN for NaN', () => {
    expect([0, -Infinity, Infinity, NaN].map(erf)).toEqual([0, -1, 1, NaN]);
  });
});

describe.each(Object.entries(goldenLearning.activations))('the activation %s', (name, { z, a, slope }) => {
  it('has the values and slopes of PyTorch', () => {
    const activation = createActivation(activationSettings(name));
    const output = activation.forward(new Matrix(1, z.length, Float64Array.from(z)));
    const gradient = activation.backward(new Matrix(1, z.length, new Float64Array(z.length).fill(1)));
    z.forEach((_, k) => {
      expectClose(output.data[k]!, a[k]!);
      expectClose(gradient.data[k]!, slope[k]!);
    });
  });

  it('passes NaN on, so that a run that diverged is noticed', () => {
    expect(
      createActivation(activationSettings(name)).forward(new Matrix(1, 1, Float64Array.of(NaN))).data[0],
    ).toBeNaN();
  });
});

describe.each(['float64', 'float32'] as const)(
  'five updates in %s give the losses and weights of PyTorch',
  (precision) => {
    it.each(goldenLearning.runs)(
      '$optimizer, $activation, rates $learningRates.0 to $learningRates.4, momentum $momenta.0, squares ' +
        '$squareDecay, decay $weightDecay, clipped at $clipNorm, smoothing $labelSmoothing',
      (golden) => expectSameTraining(golden, precision),
    );
  },
);
