// Both engines against the golden runs of an independent NumPy program: test/fixtures/golden says how they were made.
import { beforeAll, describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../../src-shared/networks/layers';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import type { Dataset } from '../../../../../src-main/trainer/data/dataset';
import { trainAll, type Engine, type EngineOptions } from '../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { GOLDEN_BATCH, GOLDEN_TESTED, goldenCases, goldenWeightStream } from '../../../../fixtures/golden/cases';
import { SIMD_HERE } from '../../../../fixtures/simd';
import { loadMnist } from '../../../../fixtures/mnist';

const TOLERANCE = 1e-4;

let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadMnist();
});

/** The first weights of the golden runs, transposed to [out, in]. */
function goldenWeights(hidden: number[]): LayerWeights[] {
  const next = goldenWeightStream();
  const sizes = [784, ...hidden, 10];
  return sizes.slice(1).map((outputs, layer) => {
    const inputs = sizes[layer]!;
    const weight = new Float32Array(outputs * inputs);
    for (let i = 0; i < inputs; i++) for (let j = 0; j < outputs; j++) weight[j * inputs + i] = next(inputs);
    return { weight, bias: new Float32Array(outputs), inputs, outputs };
  });
}

const sumOf = (values: Float32Array, of = (value: number) => value) =>
  values.reduce((sum, value) => sum + of(value), 0);

function expectClose(actual: number, expected: number, scale = Math.abs(expected)): void {
  expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThanOrEqual(TOLERANCE * scale);
}

const ENGINES: Record<string, (options: EngineOptions) => Engine> = {
  reference: createReferenceEngine,
};
for (const simd of SIMD_HERE)
  ENGINES[`fast, ${simd} SIMD`] = (options) => createFastEngine({ ...options, threads: 2, simd });

describe.each(Object.keys(ENGINES))('the engine (%s) trains as NumPy does', (name) => {
  it.each(goldenCases)('$activation $hidden, rate $learningRate, divided $gradientDivisionsByBatchSize×', (golden) => {
    const settings: Settings = {
      ...PLAIN_SETTINGS,
      hidden: golden.hidden,
      activation: golden.activation,
      learningRate: golden.learningRate,
      gradientDivisions: golden.gradientDivisionsByBatchSize,
      batchSize: GOLDEN_BATCH,
    };
    const engine = ENGINES[name]!({
      dataset: mnist,
      settings,
      state: { layers: goldenWeights(golden.hidden), moments: [], updates: 0 },
    });
    const { losses } = trainAll(
      engine,
      Uint32Array.from({ length: golden.losses.length * GOLDEN_BATCH }, (_, k) => k),
      settings,
    );
    golden.losses.forEach((expected, batch) => expectClose(losses[batch]!, expected));
    engine.readWeights().forEach(({ weight, bias }, layer) => {
      expectClose(sumOf(weight, Math.abs), golden.finalWeightAbsSums[layer]!);
      expectClose(sumOf(bias), golden.finalBiasSums[layer]!, sumOf(bias, Math.abs));
    });
    const { predicted, loss } = engine.predict(
      'test',
      Uint32Array.from({ length: GOLDEN_TESTED }, (_, k) => k),
    );
    engine.dispose();
    expectClose(loss.reduce((sum, value) => sum + value) / GOLDEN_TESTED, golden.finalTestLoss);
    expect(predicted.filter((digit, n) => digit === mnist.test.labels[n]).length).toBe(golden.finalTestCorrect);
  });
});
