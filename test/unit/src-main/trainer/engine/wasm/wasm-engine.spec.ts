// What only the fast engine promises: the same weights at any number of threads, and on the real MNIST the accuracy of
// the reference engine.
import { createHash } from 'node:crypto';
import { plain, relaxed, wide } from 'virtual:kernels';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../../../src-shared/networks/layers';
import { PLAIN_SETTINGS } from '../../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../../src-shared/settings/settings';
import { epochPermutation } from '../../../../../../src-main/trainer/data/batches';
import type { Dataset } from '../../../../../../src-main/trainer/data/dataset';
import { createEngine } from '../../../../../../src-main/trainer/engine/create-engine';
import { hyperparametersOf, trainAll, type Engine } from '../../../../../../src-main/trainer/engine/engine';
import type { Simd } from '../../../../../../src-main/trainer/engine/wasm/kernels';
import { createReferenceEngine } from '../../../../../../src-main/trainer/engine/reference/reference-engine';
import { threadsThatHelp } from '../../../../../../src-main/trainer/engine/wasm/thread-count';
import { createFastEngine } from '../../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { evaluateTest } from '../../../../../../src-main/trainer/run/evaluate';
import { StepSize } from '../../../../../../src-main/trainer/progress/progress';
import { Random } from '../../../../../../src-shared/nn/rng';
import { loadMnist } from '../../../../../fixtures/mnist';
import { FAST_SIMD, SIMD_HERE } from '../../../../../fixtures/simd';
import { randomDataset } from '../../../../../fixtures/random-dataset';

const recommended = PLAIN_SETTINGS;
let mnist: Dataset;
beforeAll(async () => {
  mnist = await loadMnist();
});

/** Equal only if all bits are. Hashes, because printing a difference of millions of numbers would take minutes. */
const bytes = (layers: LayerWeights[]) =>
  layers.map(({ weight, bias }) => createHash('sha256').update(weight).update(bias).digest('hex'));

/** Trains and predicts with a number of threads. */
function train(dataset: Dataset, settings: Settings, order: Uint32Array, threads: number, simd: Simd = FAST_SIMD) {
  const engine = createFastEngine({ dataset, settings, threads, simd });
  try {
    const scores = trainAll(engine, order, settings);
    const predictions = engine.predict(
      'test',
      Uint32Array.from({ length: dataset.test.count }, (_, k) => k),
    );
    return { scores, predictions, weights: bytes(engine.readWeights()) };
  } finally {
    engine.dispose();
  }
}

describe('the same weights, bit for bit, at 1, 2 and 4 threads', () => {
  const first = (count: number) => epochPermutation(new Random(3, 'order'), 60_000, 64).subarray(0, count);

  it.each([
    { hidden: [256], activation: 'relu' },
    { hidden: [100, 70, 33], activation: 'tanh' },
    { hidden: [20], activation: 'sigmoid' },
  ] as const)('on MNIST, $hidden $activation', ({ hidden, activation }) => {
    const settings: Settings = { ...recommended, hidden: [...hidden], activation };
    const alone = train(mnist, settings, first(64 * 150), 1);
    expect(train(mnist, settings, first(64 * 150), 2)).toEqual(alone);
    expect(train(mnist, settings, first(64 * 150), 4)).toEqual(alone);
  });

  it('on dense images, with more threads than there are groups of units', () => {
    const dataset = randomDataset({ zeroShare: 0, train: 300, test: 70, pixels: 45 });
    const settings: Settings = { ...recommended, hidden: [30, 12], batchSize: 11 };
    const order = epochPermutation(new Random(3, 'order'), 300, 11);
    const alone = train(dataset, settings, order, 1);
    for (const threads of [2, 4, 7]) expect(train(dataset, settings, order, threads)).toEqual(alone);
  });

  it.runIf(SIMD_HERE.includes('wide'))('with relaxed and with wide kernels', () => {
    for (const [zeroShare, activation] of [
      [0.8, 'relu'],
      [0, 'sigmoid'],
      [0.5, 'tanh'],
    ] as const) {
      const dataset = randomDataset({ zeroShare, train: 300, test: 70, pixels: 145 });
      const settings: Settings = { ...recommended, hidden: [150, 33], batchSize: 22, activation };
      const order = epochPermutation(new Random(3, 'order'), 300, 22);
      expect(train(dataset, settings, order, 2, 'wide')).toEqual(train(dataset, settings, order, 2, 'relaxed'));
    }
  });

  it('however the training is split into calls', () => {
    const settings: Settings = { ...recommended, hidden: [40] };
    const whole = createFastEngine({ dataset: mnist, settings, threads: 2, simd: FAST_SIMD });
    const chunked = createFastEngine({ dataset: mnist, settings, threads: 2, simd: FAST_SIMD });
    const order = first(64 * 90);
    trainAll(whole, order, settings);
    for (const [from, to] of [
      [0, 1],
      [1, 4],
      [4, 51],
      [51, 90],
    ] as const)
      trainAll(chunked, order.subarray(64 * from, 64 * to), settings);
    expect(bytes(chunked.readWeights())).toEqual(bytes(whole.readWeights()));
    whole.dispose();
    chunked.dispose();
  });
});

describe('a batch that takes long', () => {
  const dataset = randomDataset({ train: 600, pixels: 60 });
  const settings: Settings = { ...recommended, hidden: [40, 20], batchSize: 150 };
  const order = epochPermutation(new Random(3, 'order'), 600, 150);
  const create = (threads = 2) => createFastEngine({ dataset, settings, threads, simd: FAST_SIMD, mostWork: 50_000 });

  it('is trained step by step', () => {
    const engine = create();
    const all = [...engine.train(order.subarray(0, 2 * 150), hyperparametersOf(settings, 2))];
    const kinds = [...new Array<string>(2 * (3 + 2 + 3)).fill('share'), 'batches'];
    expect(all.map(({ kind }) => kind)).toEqual([...kinds, ...kinds]);
    for (const batch of [all.slice(0, 16), all.slice(17, 33)]) {
      const shares = batch.map((progress) => (progress.kind === 'share' ? progress.share : NaN));
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBe(1);
    }
    engine.dispose();
  });

  it('has no effect if it is abandoned in the middle', () => {
    const [left, straight] = [create(), create()];
    for (const engine of [left, straight]) trainAll(engine, order.subarray(0, 150), settings);
    const parts = left.train(order.subarray(150, 300), hyperparametersOf(settings, 1));
    for (let part = parts.next(); !part.done && part.value.kind === 'share' && part.value.share < 0.9;)
      part = parts.next();
    expect(bytes(left.readWeights())).toEqual(bytes(straight.readWeights()));
    for (const engine of [left, straight]) trainAll(engine, order.subarray(300, 600), settings);
    expect(bytes(left.readWeights())).toEqual(bytes(straight.readWeights()));
    for (const engine of [left, straight]) engine.dispose();
  });

  it('gives the same weights at any number of threads', () => {
    const weights = [1, 2, 4].map((threads) => {
      const engine = create(threads);
      trainAll(engine, order, settings);
      engine.dispose();
      return bytes(engine.readWeights());
    });
    expect(weights[1]).toEqual(weights[0]);
    expect(weights[2]).toEqual(weights[0]);
  });
});

it('reaches the accuracy of the reference engine in an epoch of the real MNIST', async () => {
  const settings: Settings = { ...recommended, hidden: [48] };
  const order = epochPermutation(new Random(1, 'order'), 60_000, 64);
  const learn = async (engine: Engine) => {
    const { losses } = trainAll(engine, order, settings);
    const pace = { step: new StepSize(1000), now: () => 0, mayContinue: async () => true };
    const test = (await evaluateTest(engine, mnist, pace))!;
    engine.dispose();
    return { trainLoss: losses.reduce((sum, loss) => sum + loss) / losses.length, ...test };
  };
  const expected = await learn(createReferenceEngine({ dataset: mnist, settings }));
  const actual = await learn(createFastEngine({ dataset: mnist, settings, threads: 2, simd: FAST_SIMD }));
  expect(actual.accuracy).toBeGreaterThan(0.92);
  expect(Math.abs(actual.accuracy - expected.accuracy)).toBeLessThanOrEqual(0.003);
  expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThanOrEqual(0.01);
  expect(Math.abs(actual.trainLoss / expected.trainLoss - 1)).toBeLessThanOrEqual(0.01);
});

it.each(['momentum', 'nesterov', 'rmsprop', 'adam'] as const)(
  'lets no average of %s decay to subnormal numbers',
  (optimizer) => {
    const dataset = randomDataset({ zeroShare: 1 }); // without ink the first layer's gradients are zero
    const settings: Settings = { ...recommended, hidden: [20], optimizer, batchSize: 1 };
    const created = createFastEngine({ dataset, settings, threads: 2, simd: FAST_SIMD });
    const { layers, moments } = created.readState();
    for (const { weight } of moments.flat())
      weight.fill(1.3e-38).fill(-1.3e-38, 7, optimizer === 'rmsprop' || optimizer === 'adam' ? 7 : 99);
    const engine = createFastEngine({
      dataset,
      settings,
      threads: 2,
      simd: FAST_SIMD,
      state: { layers, moments, updates: 5 },
    });
    const order = epochPermutation(new Random(1, 'order'), 60, 1);
    for (let round = 0; round < 4; round++) {
      trainAll(engine, order, settings);
      const subnormal = (x: number) => x !== 0 && Math.abs(x) < 2 ** -126;
      for (const moment of engine.readState().moments) expect([...moment[0]!.weight].some(subnormal)).toBe(false);
    }
    for (const one of [created, engine]) one.dispose();
  },
);

describe('the engine of a run', () => {
  const dataset = randomDataset({});
  const detailsOf = (changes: Partial<Settings>) => {
    const engine = createEngine({ dataset, settings: { ...recommended, hidden: [10], ...changes } });
    engine.dispose();
    return engine.details;
  };

  it('is the chosen one, but always the reference engine for float64', () => {
    expect(detailsOf({ threads: 2 })).toMatchObject({
      name: 'fast',
      threads: 2,
      firstLayer: 'sparse',
      precision: 'float32',
    });
    expect(detailsOf({ engine: 'reference' })).toMatchObject({ name: 'reference', threads: 1, precision: 'float32' });
    expect(detailsOf({ precision: 'float64' })).toMatchObject({ name: 'reference', precision: 'float64' });
  });

  it('has as many threads as there are cores, and leaves a processor free if there are more than four', () => {
    expect(threadsThatHelp({ logical: 1, physical: 1 })).toBe(1);
    expect(threadsThatHelp({ logical: 2, physical: 2 })).toBe(2);
    expect(threadsThatHelp({ logical: 4, physical: 4 })).toBe(4);
    expect(threadsThatHelp({ logical: 6, physical: 6 })).toBe(5);
    expect(threadsThatHelp({ logical: 8, physical: 4 })).toBe(4);
    expect(threadsThatHelp({ logical: 64, physical: 32 })).toBe(8);
  });
});

it('needs less than 100 KB of WebAssembly, all three builds together', () => {
  expect(Buffer.from(plain + relaxed + wide, 'base64').length).toBeLessThan(100_000);
});
