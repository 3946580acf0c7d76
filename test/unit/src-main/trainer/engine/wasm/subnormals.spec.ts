// Subnormal numbers make a processor several times slower, so none may remain in the memory that the kernels use.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../../src-shared/settings/presets';
import type { Activation, OptimizerName, Settings } from '../../../../../../src-shared/settings/settings';
import {
  trainAll,
  type Engine,
  type EngineData,
  type EngineState,
} from '../../../../../../src-main/trainer/engine/engine';
import { firstWeights } from '../../../../../../src-main/trainer/engine/reference/reference-engine';
import type { SharedMemory } from '../../../../../../src-main/trainer/engine/wasm/shared-memory';
import { createFastEngine } from '../../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { randomDataset } from '../../../../../fixtures/random-dataset';
import { SIMD_HERE } from '../../../../../fixtures/simd';

const memories = vi.hoisted(() => [] as SharedMemory[]);
vi.mock(import('../../../../../../src-main/trainer/engine/wasm/shared-memory'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    shareMemory: (...args) => {
      const shared = original.shareMemory(...args);
      memories.push(shared);
      return shared;
    },
  };
});

const ACTIVATIONS: Activation[] = ['relu', 'leaky-relu', 'sigmoid', 'tanh', 'gelu'];
const OPTIMIZERS: OptimizerName[] = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'];
const LEAST_NORMAL = 2 ** -126;
const NEVER_INKED = 6;
const IMAGES = 64;

/** The first pixels of all images are zero. */
function dataset(zeroShare: number): EngineData {
  const data = randomDataset({ train: IMAGES, pixels: 36, rows: 6, zeroShare });
  data.train.pixels.forEach((_, k, pixels) => k % 36 < NEVER_INKED && (pixels[k] = 0));
  return data;
}

let engine: Engine | undefined;
afterEach(() => {
  engine?.dispose();
  memories.length = 0;
});

/** The number of subnormal numbers in each array of the shared memory; arrays without any are omitted. */
function subnormals(): Record<string, number> {
  const { memory, layout, arrays, moments } = memories.at(-1)!;
  const found: Record<string, number> = {};
  const count = (name: string, numbers: Float32Array) => {
    let tiny = 0;
    for (const x of numbers) if (x !== 0 && Math.abs(x) < LEAST_NORMAL) tiny++;
    if (tiny > 0) found[name] = tiny;
  };
  const floats = (at: number, bytes: number) => new Float32Array(memory.buffer, at, bytes / 4);
  layout.layers.forEach(({ weight, sums, output, gradient, slope, stride }, l) => {
    const names = ['weights', 'sums', 'first moments', 'second moments'].slice(0, 2 + moments);
    names.forEach((name, k) => count(`${name} ${l}`, floats(weight + k * sums, sums)));
    const rows = layout.plan.rows * stride;
    count(`outputs ${l}`, floats(output, rows));
    count(`gradients ${l}`, floats(gradient, rows));
    if (slope > 0) count(`slopes ${l}`, floats(slope, rows));
  });
  count('input', floats(layout.plan.input, layout.plan.rows * layout.plan.inputStride));
  count('probabilities', arrays.probabilities.subarray(0, 10 * IMAGES));
  count('probabilities of the targets', arrays.targetProbability.subarray(0, IMAGES));
  return found;
}

interface Case {
  changes: Partial<Settings>;
  /** Factor of the random weights. */
  scale?: number;
  zeroShare?: number;
  state?: (state: EngineState) => EngineState;
  updates?: number;
}

/** Trains, and searches after each update, because gradients change with each. @returns all that was found */
function train({
  changes,
  scale = 1,
  zeroShare = 0.8,
  state: change = (state) => state,
  updates = 60,
}: Case): Record<string, number> {
  const data = dataset(zeroShare);
  const settings: Settings = { ...PLAIN_SETTINGS, hidden: [20, 12], batchSize: 16, ...changes };
  const layers = firstWeights({ dataset: data, settings }).map((layer) => ({
    ...layer,
    weight: layer.weight.map((w) => w * scale),
  }));
  const simd = SIMD_HERE.includes('relaxed') ? 'relaxed' : 'plain';
  engine = createFastEngine({
    dataset: data,
    settings,
    threads: 1,
    simd,
    state: change({ layers, moments: [], updates: 0 }),
  });
  const found = { ...subnormals() };
  for (let update = 0; update < updates; update++) {
    const { losses } = trainAll(
      engine,
      Uint32Array.from({ length: 16 }, (_, k) => (16 * update + k) % IMAGES),
      settings,
    );
    expect(losses[0]).not.toBeNaN();
    Object.assign(found, subnormals());
  }
  engine.predict(
    'train',
    Uint32Array.from({ length: IMAGES }, (_, k) => k),
  );
  return Object.assign(found, subnormals());
}

describe.each(ACTIVATIONS)('%s: a confident network has none', (activation) => {
  it.each(OPTIMIZERS)('%s', (optimizer) => {
    for (const scale of [6, 12, 200])
      expect(train({ changes: { activation, optimizer, learningRate: 0.1 / scale ** 2 }, scale })).toEqual({});
  });

  it.each([
    { dropout: 0.3 },
    { maxNorm: 1 },
    { clipNorm: 0.001 },
    { labelSmoothing: 0.1 },
    { gradientDivisions: 2 },
    { hidden: [] },
  ] as Partial<Settings>[])('with %o', (changes) => {
    for (const optimizer of ['sgd', 'adam'] as const) {
      for (const scale of [12, 200])
        expect(
          train({ changes: { activation, optimizer, learningRate: 0.1 / scale ** 2, ...changes }, scale }),
        ).toEqual({});
    }
  });
});

describe('weights that only shrink', () => {
  it.each(OPTIMIZERS)('are zero, and not subnormal, after weight decay: %s', (optimizer) => {
    const changes: Partial<Settings> = { optimizer, learningRate: 0.1, weightDecay: 1, momentum: 0.5 };
    for (const zeroShare of [0.8, 0]) expect(train({ changes, scale: 1e-20, zeroShare, updates: 600 })).toEqual({});
  });

  it('shrink to zero by max-norm', () => {
    const changes: Partial<Settings> = { learningRate: 5, maxNorm: 0.01 };
    const tiny = (state: EngineState) => {
      for (let j = 0; j < 20; j++) state.layers[0]!.weight.fill(1e-37, 36 * j, 36 * j + NEVER_INKED);
      return state;
    };
    for (const zeroShare of [0.8, 0]) expect(train({ changes, zeroShare, state: tiny })).toEqual({});
  });
});

it('means of gradients that have become zero end at zero', () => {
  const still = (state: EngineState): EngineState => {
    const filled = state.layers.map((layer) => ({
      ...layer,
      weight: layer.weight.map(() => 1e-34),
      bias: layer.bias.map(() => 1e-34),
    }));
    return { ...state, moments: [filled, filled], updates: 1 };
  };
  for (const optimizer of ['adam', 'adamw'] as const) {
    expect(
      train({ changes: { optimizer, learningRate: 0.001, squareDecay: 0.9 }, state: still, updates: 200 }),
    ).toEqual({});
  }
});

it('subnormal numbers of a run that an older version stored become zero', () => {
  const older = (state: EngineState): EngineState => {
    const filled = state.layers.map((layer) => ({
      ...layer,
      weight: layer.weight.map(() => 1e-40),
      bias: layer.bias.map(() => -1e-45),
    }));
    return { layers: filled, moments: [filled], updates: 1 };
  };
  for (const zeroShare of [0.8, 0])
    expect(
      train({ changes: { optimizer: 'momentum', learningRate: 0.1 }, state: older, zeroShare, updates: 1 }),
    ).toEqual({});
});
