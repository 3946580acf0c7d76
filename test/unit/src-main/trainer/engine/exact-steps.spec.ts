// The optimizers' steps of both engines in float32, compared with formulas that are written out here.
import { afterEach, describe, expect, it } from 'vitest';
import type { LayerState } from '../../../../../src-shared/networks/layers';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import {
  hyperparametersOf,
  type Engine,
  type EngineOptions,
  type Hyperparameters,
} from '../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { randomDataset } from '../../../../fixtures/random-dataset';
import { SIMD_HERE } from '../../../../fixtures/simd';

const ENGINES: Record<string, (options: EngineOptions) => Engine> = {
  reference: createReferenceEngine,
  ...Object.fromEntries(
    SIMD_HERE.map((simd) => [
      `fast, ${simd}`,
      (options: EngineOptions) => createFastEngine({ ...options, threads: 1, simd }),
    ]),
  ),
};
const dataset = randomDataset({ train: 64, pixels: 36, rows: 6 });
const PLAIN: Settings = { ...PLAIN_SETTINGS, hidden: [20], batchSize: 16, learningRate: 0.001 };

const engines: Engine[] = [];
afterEach(() => engines.splice(0).forEach((engine) => engine.dispose()));

function create(name: string, settings: Settings, state?: EngineOptions['state']): Engine {
  const engine = ENGINES[name]!({ dataset, settings, state });
  engines.push(engine);
  return engine;
}

/** One update on a batch of 16. @returns the gradient that it used, of all parameters in a row */
function update(engine: Engine, settings: Settings, batch: number, changes: Partial<Hyperparameters> = {}): number[] {
  const positions = Uint32Array.from({ length: 16 }, (_, k) => (16 * batch + k) % 64);
  const hyperparameters = { ...hyperparametersOf(settings, 1), ...changes };
  const gradients = engine.gradients(positions, hyperparameters);
  for (const parts = engine.train(positions, hyperparameters); !parts.next().done;);
  return flat(gradients);
}

const flat = (layers: readonly LayerState[]) => layers.flatMap(({ weight, bias }) => [...weight, ...bias]);

function expectClose(actual: number[], expected: number[], tolerance: number): void {
  const scale = Math.max(...expected.map(Math.abs));
  expect(Math.max(...actual.map((value, k) => Math.abs(value - expected[k]!))) / scale).toBeLessThan(tolerance);
}

describe.each(Object.keys(ENGINES))('%s', (name) => {
  it.each([
    ['adam', 1],
    ['rmsprop', 0],
  ] as const)('%s adds exactly 1 − 0.9999 of a square', (optimizer, index) => {
    const settings: Settings = { ...PLAIN, optimizer, squareDecay: 0.9999 };
    const engine = create(name, settings);
    const gradient = update(engine, settings, 0);
    expectClose(
      flat(engine.readState().moments[index]!),
      gradient.map((g) => 0.0001 * g * g),
      1e-6,
    );
  });

  it('Adam adds exactly 1 − 0.999 of a gradient', () => {
    const settings: Settings = { ...PLAIN, optimizer: 'adam', momentum: 0.999 };
    const engine = create(name, settings);
    const gradient = update(engine, settings, 0);
    expectClose(
      flat(engine.readState().moments[0]!),
      gradient.map((g) => 0.001 * g),
      1e-6,
    );
  });

  it('Adam corrects its mean by the momenta that were used, even if they change and the run is split', () => {
    const settings: Settings = { ...PLAIN, optimizer: 'adam' };
    let engine = create(name, settings);
    const mean: number[] = [],
      square: number[] = [];
    let [product, squareProduct] = [1, 1];
    for (const [batch, momentum] of [0, 0.999, 0.9, 0, 0.999, 0.99].entries()) {
      const before = flat(engine.readWeights());
      const gradient = update(engine, settings, batch, { momentum });
      product *= momentum;
      squareProduct *= 0.999;
      const expected = gradient.map((g, k) => {
        mean[k] = momentum * (mean[k] ?? 0) + (1 - momentum) * g;
        square[k] = 0.999 * (square[k] ?? 0) + 0.001 * g * g;
        return (-0.001 * mean[k]!) / (1 - product) / (Math.sqrt(square[k]! / (1 - squareProduct)) + 1e-8);
      });
      expectClose(
        flat(engine.readWeights()).map((w, k) => w - before[k]!),
        expected,
        1e-4,
      );
      const state = engine.readState();
      expect(state.momentumProduct).toBe(product);
      engine = create(name, settings, state);
    }
  });

  it('a state of an older version counts as trained with one momentum', () => {
    const settings: Settings = { ...PLAIN, optimizer: 'adam', momentum: 0.5 };
    const engine = create(name, settings);
    for (let batch = 0; batch < 3; batch++) update(engine, settings, batch);
    const state = engine.readState();
    const [newer, older] = [state, { ...state, momentumProduct: undefined }].map((begin) =>
      create(name, settings, begin),
    );
    for (const resumed of [newer!, older!]) update(resumed, settings, 3);
    expect(state.momentumProduct).toBe(0.125);
    expect(older!.readState()).toEqual(newer!.readState());
  });

  it('AdamW decays weights by a millionth an update', () => {
    const settings: Settings = { ...PLAIN, optimizer: 'adamw', weightDecay: 0.001 };
    const blank = { ...dataset, train: { ...dataset.train, pixels: new Uint8Array(64 * 36) } };
    const engine = ENGINES[name]!({ dataset: blank, settings });
    engines.push(engine);
    const before = engine.readWeights()[0]!.weight;
    for (let batch = 0; batch < 100; batch++) update(engine, settings, batch);
    const after = engine.readWeights()[0]!.weight;
    const sum = (weights: Float32Array) => weights.reduce((total, w) => total + Math.abs(w), 0);
    expect(Math.log(sum(after) / sum(before)) / 100).toBeCloseTo(-1e-6, 8);
  });
});
