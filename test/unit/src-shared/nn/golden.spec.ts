// The whole network against an independent NumPy program: see test/fixtures/golden.
import { beforeAll, describe, expect, it } from 'vitest';
import { labelsAt, scaledPixels } from '../../../../src-main/trainer/data/batches';
import type { Dataset } from '../../../../src-main/trainer/data/dataset';
import { countCorrect } from '../../../../src-shared/nn/accuracy';
import { CrossEntropyLoss } from '../../../../src-shared/nn/cross-entropy-loss';
import { MLP } from '../../../../src-shared/nn/mlp';
import { SGD } from '../../../../src-shared/nn/sgd';
import { CHOICE_FIELDS } from '../../../../src-shared/settings/settings-fields';
import type { Precision } from '../../../../src-shared/nn/matrix';
import { GOLDEN_BATCH, GOLDEN_TESTED, goldenCases, goldenWeightStream } from '../../../fixtures/golden/cases';
import { loadMnist } from '../../../fixtures/mnist';

const TOLERANCE: Record<Precision, number> = { float64: 1e-9, float32: 1e-4 };

let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadMnist();
});

function setGoldenWeights(model: MLP): void {
  const next = goldenWeightStream();
  for (const { inputs, weight } of model.linears) {
    for (let i = 0; i < weight.value.data.length; i++) weight.value.data[i] = next(inputs);
  }
}

const positions = (from: number, count: number) => Uint32Array.from({ length: count }, (_, k) => from + k);
const absoluteSum = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + Math.abs(value), 0);
const plainSum = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);

describe.each(Object.keys(CHOICE_FIELDS.precision.options) as Precision[])('in %s', (precision) => {
  const tolerance = TOLERANCE[precision];

  function expectClose(actual: number, expected: number, scale = Math.abs(expected)): void {
    expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThanOrEqual(tolerance * scale);
  }

  it.each(goldenCases)(
    '$activation $hidden, rate $learningRate, divided $gradientDivisionsByBatchSize×, trains as NumPy does',
    (golden) => {
      const model = new MLP({
        sizes: [784, ...golden.hidden, 10],
        activation: golden.activation,
        leakySlope: 0.01,
        precision,
      });
      setGoldenWeights(model);
      const crossEntropy = new CrossEntropyLoss();
      const optimizer = new SGD(model.parameters(), { learningRate: golden.learningRate });

      golden.losses.forEach((expectedLoss, batch) => {
        const chosen = positions(batch * GOLDEN_BATCH, GOLDEN_BATCH);
        const probabilities = model.forward(scaledPixels(mnist.train, chosen, precision));
        expectClose(crossEntropy.forward(probabilities, labelsAt(mnist.train, chosen)), expectedLoss);
        optimizer.zeroGrad();
        model.backward(crossEntropy.backward(GOLDEN_BATCH ** golden.gradientDivisionsByBatchSize));
        if (batch === 0) {
          model.linears.forEach(({ weight, bias }, layer) => {
            const expected = golden.firstStepGradients[layer]!;
            expectClose(absoluteSum(weight.gradient.data), expected.weightAbsSum);
            expectClose(weight.gradient.data[expected.weightArgmaxFlat]!, expected.weightFirst[0]);
            const scale = Math.max(...expected.bias.map(Math.abs));
            expected.bias.forEach((value, j) => expectClose(bias.gradient.data[j]!, value, scale));
          });
        }
        optimizer.step();
      });

      model.linears.forEach(({ weight, bias }, layer) => {
        expectClose(absoluteSum(weight.value.data), golden.finalWeightAbsSums[layer]!);
        expectClose(plainSum(bias.value.data), golden.finalBiasSums[layer]!, absoluteSum(bias.value.data));
      });
      const tested = positions(0, GOLDEN_TESTED);
      const labels = labelsAt(mnist.test, tested);
      const probabilities = model.forward(scaledPixels(mnist.test, tested, precision));
      golden.finalTestProbabilitiesOfImage0.forEach((value, j) => expectClose(probabilities.row(0)[j]!, value));
      expectClose(new CrossEntropyLoss().forward(probabilities, labels), golden.finalTestLoss);
      expect(countCorrect(probabilities, labels)).toBe(golden.finalTestCorrect);
    },
  );
});
