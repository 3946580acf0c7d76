// The fast engine with all settings on: the same weights, bit for bit, at any number of threads, with relaxed and wide
// kernels, and if the run is split or resumed.
import type { LayerState } from '../../../../../../src-shared/networks/layers';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../../src-shared/settings/settings';
import { epochPermutation } from '../../../../../../src-main/trainer/data/batches';
import type { Dataset } from '../../../../../../src-main/trainer/data/dataset';
import {
  hyperparametersOf,
  trainAll,
  type Engine,
  type EngineOptions,
} from '../../../../../../src-main/trainer/engine/engine';
import type { Simd } from '../../../../../../src-main/trainer/engine/wasm/kernels';
import { createReferenceEngine } from '../../../../../../src-main/trainer/engine/reference/reference-engine';
import { createFastEngine } from '../../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { Random } from '../../../../../../src-shared/nn/rng';
import { loadMnist } from '../../../../../fixtures/mnist';
import { randomDataset } from '../../../../../fixtures/random-dataset';
import { FAST_SIMD, SIMD_HERE } from '../../../../../fixtures/simd';

const PLAIN: Settings = {
  ...PLAIN_SETTINGS,
  hidden: [100, 70],
  dropout: 0,
  optimizer: 'sgd',
  learningRate: 0.05,
  batchSize: 64,
};
const DISTORTED: Partial<Settings> = {
  shift: 1,
  rotation: 10,
  scaling: 10,
  shear: 5,
  elasticStrength: 34,
  elasticSmoothness: 4,
};
const EVERYTHING: Settings = {
  ...PLAIN,
  ...DISTORTED,
  optimizer: 'adam',
  leakySlope: 0.2,
  learningRate: 0.001,
  weightDecay: 0.0001,
  clipNorm: 1,
  maxNorm: 2,
  dropout: 0.4,
  inputDropout: 0.1,
  labelSmoothing: 0.1,
};

const hashes = (layers: LayerState[]) =>
  layers.map(({ weight, bias }) => createHash('sha256').update(weight).update(bias).digest('hex'));

function trained(options: EngineOptions & { threads: number; simd?: Simd; mostWork?: number }, order: Uint32Array) {
  const engine = createFastEngine({ simd: FAST_SIMD, ...options });
  try {
    const { losses } = trainAll(engine, order, options.settings);
    const { layers, moments, updates } = engine.readState();
    return { losses: [...losses], weights: hashes(layers), moments: moments.map(hashes), updates };
  } finally {
    engine.dispose();
  }
}

let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadMnist();
});
const someOrder = (count: number) => epochPermutation(new Random(3, 'order'), 60_000, 64).subarray(0, count);

describe('at 1, 2 and 4 threads', () => {
  it.each([
    ['everything on', EVERYTHING],
    ['plain SGD with dropout and max-norm', { ...PLAIN, dropout: 0.5, maxNorm: 1 }],
    [
      'GELU, RMSprop, clipped',
      { ...PLAIN, activation: 'gelu', optimizer: 'rmsprop', learningRate: 0.001, clipNorm: 0.3 },
    ],
    ['no hidden layer, distorted', { ...PLAIN, ...DISTORTED, hidden: [], optimizer: 'nesterov' }],
  ] as [string, Settings][])('on MNIST, %s', (_, settings) => {
    const order = someOrder(64 * 60);
    const alone = trained({ dataset: mnist, settings, threads: 1 }, order);
    expect(alone.losses.every(Number.isFinite)).toBe(true);
    for (const threads of [2, 4]) expect(trained({ dataset: mnist, settings, threads }, order)).toEqual(alone);
  });

  it('step by step', () => {
    const dataset = randomDataset({ train: 300, pixels: 100, rows: 10 });
    const settings = { ...EVERYTHING, batchSize: 150 };
    const order = epochPermutation(new Random(3, 'order'), 300, 150);
    const alone = trained({ dataset, settings, threads: 1, mostWork: 50_000 }, order);
    for (const threads of [2, 4])
      expect(trained({ dataset, settings, threads, mostWork: 50_000 }, order)).toEqual(alone);
  });
});

it.runIf(SIMD_HERE.includes('wide')).each(['relu', 'leaky-relu', 'sigmoid', 'tanh', 'gelu'] as const)(
  'whether the tiles are wide or not: %s',
  (activation) => {
    for (const optimizer of ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'] as const) {
      const dataset = randomDataset({ train: 300, pixels: 144, rows: 12 });
      const settings: Settings = { ...EVERYTHING, hidden: [150, 33], batchSize: 22, activation, optimizer };
      const order = epochPermutation(new Random(3, 'order'), 300, 22);
      expect(trained({ dataset, settings, threads: 2, simd: 'wide' }, order)).toEqual(
        trained({ dataset, settings, threads: 2, simd: 'relaxed' }, order),
      );
    }
  },
);

describe.each([
  ['reference', createReferenceEngine],
  ['fast', (options: EngineOptions) => createFastEngine({ ...options, threads: 2, simd: FAST_SIMD })],
] as [string, (options: EngineOptions) => Engine][])(
  '%s: a run that is interrupted and resumed from its state',
  (_, create) => {
    it.each(['momentum', 'adam'] as const)('ends where a straight one ends, with %s', (optimizer) => {
      const dataset = randomDataset({ train: 320, pixels: 100, rows: 10 });
      const settings: Settings = { ...EVERYTHING, hidden: [40, 20], batchSize: 16, optimizer };
      const order = epochPermutation(new Random(3, 'order'), 320, 16);
      const straight = create({ dataset, settings });
      trainAll(straight, order, settings);
      const first = create({ dataset, settings });
      trainAll(first, order.subarray(0, 160), settings);
      const second = create({ dataset, settings, state: first.readState() });
      trainAll(second, order.subarray(160), settings);
      expect(hashes(second.readWeights())).toEqual(hashes(straight.readWeights()));
      expect(second.readState().updates).toBe(20);
      for (const engine of [straight, first, second]) engine.dispose();
    });
  },
);

it('yields to the page without a change in any bit', () => {
  const dataset = randomDataset({ train: 320, pixels: 100, rows: 10 });
  const settings: Settings = { ...EVERYTHING, hidden: [40, 20], batchSize: 16 };
  const order = epochPermutation(new Random(3, 'order'), 320, 16);
  const threads = availableParallelism(); // all that there are, so that one has to yield
  const straight = trained({ dataset, settings, threads }, order);
  const engine = createFastEngine({ dataset, settings, threads, simd: FAST_SIMD });
  trainAll(engine, order.subarray(0, 160), settings);
  engine.yieldToPage(60_000);
  trainAll(engine, order.subarray(160), settings);
  expect(hashes(engine.readState().layers)).toEqual(straight.weights);
  engine.dispose();
});

it('fits other hyperparameters unless they change the memory layout', () => {
  const settings: Settings = { ...PLAIN, dropout: 0.2 };
  const engine = createFastEngine({
    dataset: randomDataset({}),
    settings: { ...settings, batchSize: 16 },
    threads: 1,
    simd: FAST_SIMD,
  });
  const now = { ...hyperparametersOf(settings, 1), batchSize: 16 };
  expect(engine.fits(now)).toBe(true);
  expect(engine.fits({ ...now, dropout: 0.5 })).toBe(true);
  expect(engine.fits({ ...now, dropout: 0 })).toBe(false);
  expect(engine.fits({ ...now, inputDropout: 0.1 })).toBe(false);
  expect(engine.fits({ ...now, batchSize: 17 })).toBe(false);
  engine.dispose();
});
