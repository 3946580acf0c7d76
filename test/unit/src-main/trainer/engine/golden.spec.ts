// Both engines against the golden runs of an independent NumPy program: test/fixtures/golden tells how they were made.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../../src-shared/contract';
import { PRESETS, type Activation, type Settings } from '../../../../../src-shared/settings';
import type { Dataset } from '../../../../../src-main/trainer/data/dataset';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference-engine';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm-engine';
import { loadMnist } from '../../../../fixtures/mnist';

interface GoldenCase {
  activation: Activation;
  hidden: number[];
  learningRate: number;
  gradientDivisionsByBatchSize: 1 | 2;
  losses: number[];
  finalWeightAbsSums: number[];
  finalBiasSums: number[];
  finalTestLoss: number;
  finalTestCorrect: number;
}

const BATCH = 64;
const TOLERANCE = 1e-4;
const TESTED = 1000;
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../fixtures/golden/mlp.json'), 'utf8')) as { cases: GoldenCase[] };

let mnist: Dataset;
beforeAll(() => {
  mnist = loadMnist();
});

/** The first weights of the golden runs: one linear congruential generator over all layers, in the order [in, out]. */
function goldenWeights(hidden: number[]): LayerWeights[] {
  let state = 1;
  const sizes = [784, ...hidden, 10];
  return sizes.slice(1).map((outputs, layer) => {
    const inputs = sizes[layer]!;
    const weight = new Float32Array(outputs * inputs);
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < outputs; j++) {
        state = (Math.imul(1664525, state) + 1013904223) >>> 0;
        weight[j * inputs + i] = (state / 2 ** 32 - 0.5) * Math.sqrt(24 / inputs);
      }
    }
    return { weight, bias: new Float32Array(outputs), inputs, outputs };
  });
}

const sumOf = (values: Float32Array, of = (value: number) => value) => values.reduce((sum, value) => sum + of(value), 0);

function expectClose(actual: number, expected: number, scale = Math.abs(expected)): void {
  expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThanOrEqual(TOLERANCE * scale);
}

const ENGINES = {
  reference: createReferenceEngine,
  fast: (options: Parameters<typeof createReferenceEngine>[0]) => createFastEngine({ ...options, threads: 2 }),
};

describe.each(Object.keys(ENGINES) as (keyof typeof ENGINES)[])('the %s engine trains as NumPy does', (name) => {
  it.each(cases)('$activation $hidden, rate $learningRate, divided $gradientDivisionsByBatchSize×', (golden) => {
    const settings: Settings = {
      ...PRESETS.recommended.settings,
      hidden: golden.hidden,
      activation: golden.activation,
      learningRate: golden.learningRate,
      gradientDivisions: golden.gradientDivisionsByBatchSize,
      batchSize: BATCH,
    };
    const engine = ENGINES[name]({ dataset: mnist, settings, weights: goldenWeights(golden.hidden) });
    const { losses } = engine.train(Uint32Array.from({ length: golden.losses.length * BATCH }, (_, k) => k));
    golden.losses.forEach((expected, batch) => expectClose(losses[batch]!, expected));
    engine.readWeights().forEach(({ weight, bias }, layer) => {
      expectClose(sumOf(weight, Math.abs), golden.finalWeightAbsSums[layer]!);
      expectClose(sumOf(bias), golden.finalBiasSums[layer]!, sumOf(bias, Math.abs));
    });
    const { predicted, loss } = engine.predictTest(0, TESTED);
    engine.dispose();
    expectClose(loss.reduce((sum, value) => sum + value) / TESTED, golden.finalTestLoss);
    expect(predicted.filter((digit, n) => digit === mnist.test.labels[n]).length).toBe(golden.finalTestCorrect);
  });
});
