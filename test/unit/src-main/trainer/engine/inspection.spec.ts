// What an engine shows beside training: gradients, outputs of layers, probabilities. All must agree with nn/ in
// float64, and inspecting them must change nothing.
import { afterEach, describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import {
  hyperparametersOf,
  trainAll,
  type Engine,
  type EngineOptions,
} from '../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { randomDataset, type RandomDataset } from '../../../../fixtures/random-dataset';
import { SIMD_HERE } from '../../../../fixtures/simd';

const ENGINES: Record<string, (options: EngineOptions) => Engine> = { reference: createReferenceEngine };
for (const simd of SIMD_HERE) {
  ENGINES[`fast, ${simd} SIMD`] = (options) => createFastEngine({ ...options, threads: 2, simd });
  ENGINES[`fast, ${simd} SIMD, step by step`] = (options) =>
    createFastEngine({ ...options, threads: 3, simd, mostWork: 1 });
}

const CASES: { name: string; data?: RandomDataset; changes: Partial<Settings> }[] = [
  { name: 'plain SGD', changes: { hidden: [40, 20] } },
  { name: 'no hidden layer', changes: { hidden: [] } },
  { name: 'dense images', data: { zeroShare: 0, pixels: 57 }, changes: { hidden: [33], activation: 'sigmoid' } },
  {
    name: 'Adam, dropout of units and pixels, smoothing',
    changes: { hidden: [40, 20], optimizer: 'adam', dropout: 0.4, inputDropout: 0.2, labelSmoothing: 0.1 },
  },
  {
    name: 'distorted images, GELU',
    data: { pixels: 100, rows: 10 },
    changes: { hidden: [40], activation: 'gelu', rotation: 20, elasticStrength: 20, elasticSmoothness: 3 },
  },
  { name: 'the gradient divided twice', changes: { hidden: [20], gradientDivisions: 2 } },
];

const engines: Engine[] = [];
afterEach(() => engines.splice(0).forEach((engine) => engine.dispose()));

const closeTo = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual.length).toBe(expected.length);
  const largest = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 1e-12);
  const worst = Array.from(expected).reduce((most, x, k) => Math.max(most, Math.abs(x - actual[k]!)), 0);
  expect(worst / largest).toBeLessThan(3e-5);
};

describe.each(Object.keys(ENGINES))('%s', (name) => {
  it.each(CASES)('$name', ({ data = {}, changes }) => {
    const dataset = randomDataset({ train: 150, test: 70, ...data });
    const settings: Settings = { ...PLAIN_SETTINGS, batchSize: 24, ...changes };
    const start = (create: (options: EngineOptions) => Engine, precision: Settings['precision']) => {
      const engine = create({ dataset, settings: { ...settings, precision } });
      engines.push(engine);
      return engine;
    };
    const engine = start(ENGINES[name]!, 'float32');
    const exact = start(createReferenceEngine, 'float64');
    exact.writeWeights(engine.readWeights());

    const positions = Uint32Array.from({ length: 24 }, (_, k) => (k * 7) % 150);
    for (const batch of [positions, positions.subarray(0, 10)]) {
      const gradients = engine.gradients(batch, hyperparametersOf(settings, 1));
      exact.gradients(batch, hyperparametersOf(settings, 1)).forEach(({ weight, bias }, layer) => {
        closeTo(gradients[layer]!.weight, weight);
        closeTo(gradients[layer]!.bias, bias);
      });
    }

    const tests = Uint32Array.from({ length: 69 }, (_, k) => 69 - k);
    for (let layer = 0; layer <= settings.hidden.length; layer++)
      closeTo(engine.outputs('test', tests, layer), exact.outputs('test', tests, layer));
    const { probabilities } = engine.predict('test', tests);
    expect(probabilities).toEqual(engine.outputs('test', tests, settings.hidden.length));

    // A run that is inspected ends with the same weights as one that is not.
    const order = Uint32Array.from({ length: 24 * 6 }, (_, k) => (k * 11) % 150);
    const untouched = start(ENGINES[name]!, 'float32');
    trainAll(untouched, order, settings);
    for (let batch = 0; batch < 6; batch++) {
      trainAll(engine, order.subarray(24 * batch, 24 * (batch + 1)), settings);
      engine.gradients(positions, hyperparametersOf(settings, 1));
      engine.outputs('train', tests, 0);
    }
    expect(engine.readState()).toEqual(untouched.readState());
  });

  it('a gradient after a batch that was abandoned in the middle', () => {
    const dataset = randomDataset({ train: 150 });
    const settings: Settings = { ...PLAIN_SETTINGS, hidden: [40, 20], batchSize: 24 };
    const positions = Uint32Array.from({ length: 24 }, (_, k) => k);
    const [engine, fresh] = [0, 1].map(() => ENGINES[name]!({ dataset, settings })) as [Engine, Engine];
    engines.push(engine, fresh);
    if (name.includes('step by step'))
      for (const progress of engine.train(positions, hyperparametersOf(settings, 1)))
        if (progress.kind === 'share' && progress.share > 0.8) break;
    expect(engine.gradients(positions, hyperparametersOf(settings, 1))).toEqual(
      fresh.gradients(positions, hyperparametersOf(settings, 1)),
    );
  });
});
