// One list of cases for every engine: for all shapes and numbers, it must compute what nn/ computes in float64.
import { afterEach, describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../../src-shared/networks/layers';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { trainAll, type Engine, type EngineOptions } from '../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine, firstWeights } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { FAST_SIMD, SIMD_HERE } from '../../../../fixtures/simd';
import { randomDataset, type RandomDataset } from '../../../../fixtures/random-dataset';

const ENGINES: Record<string, (options: EngineOptions) => Engine> = {
  reference: createReferenceEngine,
  'fast, 3 threads': (options) => createFastEngine({ ...options, threads: 3, simd: FAST_SIMD }),
};
for (const simd of SIMD_HERE)
  ENGINES[`fast, ${simd} SIMD, step by step`] = (options) =>
    createFastEngine({ ...options, threads: 2, simd, mostWork: 1 });
for (const simd of SIMD_HERE)
  ENGINES[`fast, ${simd} SIMD, 1 thread`] = (options) => createFastEngine({ ...options, threads: 1, simd });

interface Case extends RandomDataset {
  name: string;
  hidden: number[];
  batchSize?: number;
  activation?: Settings['activation'];
  /** Factor of the first weights. */
  scale?: number;
  gradientDivisions?: 1 | 2;
  learningRate?: number;
  /** Any other settings. */
  change?: Partial<Settings>;
  tolerance?: number;
}

const OPTIMIZERS = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'] as const;
/** RMSprop and Adam divide by the size of the gradient, which enlarges the rounding errors of small ones. */
const RATES = { sgd: 0.3, momentum: 0.1, nesterov: 0.1, rmsprop: 0.003, adam: 0.003, adamw: 0.003 };
/** All settings that can be on together. */
const ALL_ON: Partial<Settings> = {
  optimizer: 'nesterov',
  weightDecay: 0.01,
  clipNorm: 0.5,
  maxNorm: 0.9,
  dropout: 0.3,
  inputDropout: 0.2,
  labelSmoothing: 0.1,
  shift: 1,
  rotation: 20,
  scaling: 10,
  shear: 10,
  elasticStrength: 20,
  elasticSmoothness: 3,
};

const CASES: Case[] = [
  { name: 'sizes of one', hidden: [1], pixels: 1, classes: 1, batchSize: 1, zeroShare: 0.5 },
  { name: 'one unit between many', hidden: [1], activation: 'tanh' },
  { name: 'one vector less one', hidden: [3], pixels: 3, classes: 3 },
  { name: 'one vector and one', hidden: [5], pixels: 5, classes: 5 },
  { name: 'one block less one', hidden: [31], pixels: 31 },
  { name: 'one block', hidden: [32], pixels: 32, activation: 'sigmoid' },
  { name: 'one block and one', hidden: [33], pixels: 33, activation: 'tanh' },
  { name: 'one wide block less one', hidden: [63], pixels: 63 },
  { name: 'one wide block', hidden: [64, 16], pixels: 64, activation: 'sigmoid' },
  { name: 'one wide block and one', hidden: [65, 17], pixels: 65, activation: 'tanh' },
  { name: 'several blocks and a tail', hidden: [75], pixels: 113, activation: 'sigmoid' },
  { name: 'four layers of odd sizes', hidden: [37, 9, 1, 18], activation: 'tanh' },
  { name: 'three wide layers', hidden: [150, 131], pixels: 90, activation: 'relu' },
  { name: 'sigmoids, whose unused columns are not zero by themselves', hidden: [9, 9, 9], activation: 'sigmoid' },
  { name: 'two classes', hidden: [12], classes: 2 },
  { name: 'sixty-two classes', hidden: [40], classes: 62 },
  { name: 'a batch of one', hidden: [20, 10], batchSize: 1 },
  { name: 'a batch of three', hidden: [20], batchSize: 3, activation: 'tanh' },
  { name: 'a batch larger than a tile', hidden: [34, 17], batchSize: 150, train: 320 },
  { name: 'a batch larger than 256', hidden: [20], batchSize: 300, train: 600 },
  { name: 'the gradient divided twice', hidden: [20], gradientDivisions: 2, learningRate: 5 },
  { name: 'no ink at all', hidden: [20], zeroShare: 1 },
  { name: 'dense images', hidden: [40], zeroShare: 0 },
  { name: 'dense images of one pixel', hidden: [2], zeroShare: 0, pixels: 1 },
  { name: 'dense images, odd sizes', hidden: [21, 13], zeroShare: 0, pixels: 57, batchSize: 7, activation: 'sigmoid' },
  { name: 'dense images, a large batch', hidden: [9], zeroShare: 0, batchSize: 150, train: 300 },
  { name: 'weights too small for normal numbers', hidden: [24, 12], scale: 1e-39, activation: 'tanh' },
  { name: 'weights of zero', hidden: [24], scale: 0, activation: 'sigmoid' },
  { name: 'large weights', hidden: [24], scale: 40, activation: 'tanh', tolerance: 1e-3 },
  { name: 'sigmoids driven to their ends', hidden: [24], scale: 200, activation: 'sigmoid', tolerance: 1e-3 },
  { name: 'a small learning rate', hidden: [24], learningRate: 0.000001 },
  { name: 'no hidden layer', hidden: [] },
  { name: 'no hidden layer, dense images, odd sizes', hidden: [], pixels: 57, zeroShare: 0, classes: 7 },
  { name: 'no hidden layer, everything on', hidden: [], change: { ...ALL_ON, maxNorm: 0 } },
  { name: 'leaky ReLU', hidden: [40, 20], activation: 'leaky-relu' },
  { name: 'leaky ReLU, slope 0.3', hidden: [40, 20], activation: 'leaky-relu', change: { leakySlope: 0.3 } },
  { name: 'GELU', hidden: [40, 20], activation: 'gelu' },
  { name: 'GELU, large weights', hidden: [24, 12], activation: 'gelu', scale: 20, tolerance: 1e-3 },
  ...OPTIMIZERS.flatMap((optimizer) => [
    {
      name: optimizer,
      hidden: [40, 20],
      learningRate: RATES[optimizer],
      change: { optimizer },
      tolerance: optimizer === 'rmsprop' ? 2e-3 : 1e-4,
    },
    {
      name: `${optimizer} with weight decay, dense images`,
      hidden: [24, 12],
      zeroShare: 0,
      learningRate: RATES[optimizer],
      change: { optimizer, weightDecay: 0.1 },
      tolerance: 1e-4,
    },
  ]),
  { name: 'a gradient that is clipped', hidden: [70, 20], change: { clipNorm: 0.1 } },
  { name: 'a gradient too short to be clipped', hidden: [70, 20], change: { clipNorm: 100 } },
  { name: 'label smoothing', hidden: [40], change: { labelSmoothing: 0.2 } },
  { name: 'max-norm, sparse and dense layers', hidden: [70, 33], scale: 2, change: { maxNorm: 1.5 } },
  { name: 'max-norm, dense images', hidden: [40, 33], zeroShare: 0, scale: 2, change: { maxNorm: 1 } },
  ...(['relu', 'leaky-relu', 'sigmoid', 'tanh', 'gelu'] as const).map((activation) => ({
    name: `dropout, ${activation}`,
    hidden: [70, 33, 20],
    activation,
    change: { dropout: 0.5, leakySlope: 0.2 },
  })),
  { name: 'input dropout', hidden: [40], change: { inputDropout: 0.3 } },
  { name: 'input dropout, dense images', hidden: [40], zeroShare: 0, change: { inputDropout: 0.3 } },
  { name: 'distorted images', hidden: [40], pixels: 90, rows: 9, change: { rotation: 30, elasticStrength: 30 } },
  {
    name: 'distorted images without zeros',
    hidden: [40],
    pixels: 90,
    rows: 10,
    zeroShare: 0,
    change: { shift: 2, shear: 20, scaling: 30 },
  },
  { name: 'everything on', hidden: [70, 33], pixels: 100, rows: 10, batchSize: 24, change: ALL_ON },
  {
    name: 'everything on, Adam',
    hidden: [70, 33],
    pixels: 100,
    rows: 10,
    learningRate: 0.001,
    change: { ...ALL_ON, optimizer: 'adam' },
    tolerance: 1e-4,
  },
  {
    name: 'everything on, dense images, GELU',
    hidden: [40, 33],
    pixels: 63,
    rows: 7,
    zeroShare: 0,
    activation: 'gelu',
    change: ALL_ON,
  },
];

const engines: Engine[] = [];
afterEach(() => engines.splice(0).forEach((engine) => engine.dispose()));

function scaled(layers: LayerWeights[], scale: number): LayerWeights[] {
  return layers.map((layer) => ({ ...layer, weight: layer.weight.map((weight) => weight * scale) }));
}

/** Trains three batches, or as many as there are, and predicts. */
function runCase(create: (options: EngineOptions) => Engine, test: Case, precision: Settings['precision']) {
  const { hidden, batchSize = 16, activation = 'relu', scale = 1, gradientDivisions = 1, learningRate = 0.3 } = test;
  const dataset = randomDataset(test);
  const settings: Settings = {
    ...PLAIN_SETTINGS,
    outputFan: 'out',
    hidden,
    batchSize,
    activation,
    gradientDivisions,
    learningRate,
    precision,
    ...test.change,
  };
  const weights = scaled(firstWeights({ dataset, settings: { ...settings, precision: 'float32' } }), scale);
  const engine = create({ dataset, settings, state: { layers: weights, moments: [], updates: 0 } });
  engines.push(engine);
  const batches = Math.min(3, Math.floor(dataset.train.count / batchSize));
  const order = Uint32Array.from({ length: batches * batchSize }, (_, k) => (k * 7) % dataset.train.count);
  return {
    scores: trainAll(engine, order, settings),
    layers: engine.readWeights(),
    predictions: engine.predict(
      'test',
      Uint32Array.from({ length: dataset.test.count - 1 }, (_, k) => k + 1),
    ),
  };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1e-30, ...Array.from(expected, Math.abs));
  const worst = Math.max(
    0,
    ...Array.from(actual, (value, k) => (Number.isNaN(value) ? Infinity : Math.abs(value - expected[k]!))),
  );
  expect(worst / scale, `${what}: worst difference`).toBeLessThanOrEqual(tolerance);
}

describe.each(Object.keys(ENGINES))('%s', (name) => {
  it.each(CASES)('$name', (test) => {
    const tolerance = test.tolerance ?? 1e-5;
    const expected = runCase(createReferenceEngine, test, 'float64');
    const actual = runCase(ENGINES[name]!, test, 'float32');
    expectClose(actual.scores.losses, expected.scores.losses, tolerance, 'losses');
    actual.layers.forEach((layer, index) => {
      expectClose(layer.weight, expected.layers[index]!.weight, tolerance, `weights ${index}`);
      expectClose(layer.bias, expected.layers[index]!.bias, tolerance, `biases ${index}`);
    });
    expectClose(actual.predictions.confidence, expected.predictions.confidence, tolerance, 'confidence');
    expectClose(actual.predictions.loss, expected.predictions.loss, tolerance, 'losses of the test set');
    const differ = actual.predictions.predicted.filter(
      (predicted, n) => predicted !== expected.predictions.predicted[n],
    ).length;
    const undecided = expected.predictions.confidence.filter((p) => p < 0.501 && test.classes === 2).length;
    expect(differ, 'other predictions').toBeLessThanOrEqual(undecided);
    expect(actual.scores.correct).toEqual(expected.scores.correct);
  });

  it('has losses that are not finite if the run diverges', () => {
    const dataset = randomDataset({});
    const settings: Settings = { ...PLAIN_SETTINGS, hidden: [20], batchSize: 10, learningRate: 10 };
    const weights = scaled(firstWeights({ dataset, settings }), 1e30);
    const engine = ENGINES[name]!({ dataset, settings, state: { layers: weights, moments: [], updates: 0 } });
    engines.push(engine);
    const { losses } = trainAll(
      engine,
      Uint32Array.from({ length: 60 }, (_, k) => k),
      settings,
    );
    expect(losses.some((loss) => !Number.isFinite(loss))).toBe(true);
  });
});
