// Gives the real trainer two thousand random sequences of orders at random moments: main, trainer and page agree at the
// end, and the weights of each epoch are those of an undisturbed run.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { locateDataset } from '../../../../../src-main/datasets/dataset-files';
import type { Dataset } from '../../../../../src-main/trainer/data/dataset';
import type { createEngine as CreateEngine } from '../../../../../src-main/trainer/engine/create-engine';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { Random } from '../../../../../src-shared/nn/rng';
import { beginRun } from '../../../../../src-main/trainer/run/training-loop';
import type { Collection } from '../../../../../src-shared/data/dataset';
import type { Settings, SettingsChange } from '../../../../../src-shared/settings/settings';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { LayerState } from '../../../../../src-shared/networks/layers';
import { makeFolder, openFolder, writeDataset } from '../../../../fixtures/folders';
import { smallDatasetFiles } from '../../../../fixtures/idx';
import { randomOrders, type RandomOrder } from '../../../../fixtures/random-orders';
import { FAST_SIMD } from '../../../../fixtures/simd';
import { stage } from '../../../../fixtures/stage';
import { WiredTrainer, type OpenedFolder } from '../../../../fixtures/wired-trainer';

const SEQUENCES = 2000;
const AT_A_TIME = 100;
const LONG_BATCHES = 2;
const REFERENCE = 3;
const createTestEngine: typeof CreateEngine = (options) => {
  const { seed, threads } = options.settings;
  if (seed === REFERENCE) return createReferenceEngine(options);
  return createFastEngine({ ...options, threads, simd: FAST_SIMD, ...(seed === LONG_BATCHES && { mostWork: 800 }) });
};

vi.mock(import('../../../../../src-main/trainer/engine/create-engine'), async (original) => ({
  ...(await original()),
  createEngine: (options) => createTestEngine(options),
}));

const folders: (OpenedFolder & { dataset: Dataset; remove: () => Promise<void> })[] = [];
beforeAll(async () => {
  for (const train of [60, 70]) {
    const { folder, remove } = await makeFolder();
    await writeDataset(folder, smallDatasetFiles({ train, test: 20, rows: 4, columns: 4 }));
    const source = { kind: 'folder', folder } as const;
    folders.push({
      source,
      files: (await locateDataset(source)) as Collection,
      dataset: await openFolder(folder),
      remove,
    });
  }
});
afterAll(async () => void (await Promise.all(folders.map(({ remove }) => remove()))));
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function settingsOf(order: RandomOrder, seed: number): Settings {
  const { epochs, threads, longBatches } =
    order.kind === 'train' ? order : { epochs: 1, threads: 1, longBatches: false };
  const engine = seed % 10 === 0 ? REFERENCE : longBatches ? LONG_BATCHES : 1;
  const validated = seed % 3 === 0 && ({ validationShare: 0.2, keep: seed % 2 === 0 ? 'best' : 'last' } as const);
  const scheduled = seed % 7 === 0 && ({ schedule: 'cosine' } as const);
  return {
    ...PLAIN_SETTINGS,
    hidden: [6, 5],
    batchSize: 10,
    epochs,
    optimizer: 'momentum',
    learningRate: 0.05,
    threads,
    seed: engine,
    ...validated,
    ...scheduled,
  };
}

const replays = new Map<string, Promise<LayerState[][]>>();

/**
 * The weights after each epoch of a run that only gets these changes, each before its update.
 */
function undisturbed(
  dataset: Dataset,
  settings: Settings,
  changes: readonly SettingsChange[],
  epochs: number,
): Promise<LayerState[][]> {
  const key = JSON.stringify([dataset.train.count, { ...settings, epochs, threads: 1 }, changes]);
  const known = replays.get(key) ?? replay(dataset, { ...settings, epochs, threads: 1 }, changes);
  replays.set(key, known);
  return known;
}

async function replay(
  dataset: Dataset,
  settings: Settings,
  changes: readonly SettingsChange[],
): Promise<LayerState[][]> {
  const { context, reports } = stage({ createEngine: createTestEngine });
  const run = beginRun({ run: 1, dataset, settings }, context)!;
  const changeAt = (update: number) =>
    changes.filter((change) => change.update === update).forEach((change) => run.change(change.changes));
  changeAt(0);
  const ended = run.train('batch');
  while (context.control.isActive) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!context.control.paused) continue;
    changeAt(run.engine.readState().updates);
    run.resume('batch');
  }
  await ended;
  run.dispose();
  return reports.flatMap((report) =>
    report.kind === 'checkpoint' && report.epoch ? [report.epoch.resume.layers] : [],
  );
}

async function follow(seed: number): Promise<WiredTrainer> {
  const random = new Random(seed, 'validation');
  const world = new WiredTrainer(folders, seed % 2 === 0 ? 3 : 0.1);
  world.load(0);
  await world.settle();
  for (const { after, order } of randomOrders(seed)) {
    for (let turn = 0; turn < after; turn++) await world.turn(random.uniform());
    world.do(order, settingsOf(order, seed));
  }
  await world.settle();
  world.checkAgreement();
  return world;
}

/** Finishes the run: resumes it if it is paused, and completes an epoch that was cut off. */
async function bringToEnd(world: WiredTrainer, settings: Settings): Promise<void> {
  for (const order of [
    { kind: 'resume', until: 'end' },
    { kind: 'extend', epochs: 1, until: 'end' },
    { kind: 'resume', until: 'end' },
  ] as const) {
    world.do(order, settings);
    await world.settle();
    world.checkAgreement();
  }
  expect(world.run?.isActive ?? false).toBe(false);
}

async function checkWeights({ kept }: WiredTrainer): Promise<void> {
  for (const { settings, folder, records } of kept.values()) {
    const newest = records.at(-1);
    if (!newest || newest.result.epoch === 0) continue;
    // An extension restarts the schedule, and continues from the best weights if they were restored.
    if (settings.schedule === 'cosine' || settings.keep === 'best') continue;
    const weights = await undisturbed(folders[folder]!.dataset, settings, newest.changes, newest.result.epoch);
    for (const { result, resume } of records)
      if (result.epoch > 0) expect(resume.layers, `epoch ${result.epoch}`).toEqual(weights[result.epoch - 1]);
  }
}

describe.each(Array.from({ length: SEQUENCES / AT_A_TIME }, (_, k) => k * AT_A_TIME))(
  'random orders, from seed %i on',
  (from) => {
    it('lead to a state that all agree on, and to the weights of an undisturbed run', async () => {
      for (let seed = from; seed < from + AT_A_TIME; seed++) {
        try {
          const world = await follow(seed);
          await bringToEnd(world, settingsOf({ kind: 'stop' }, seed));
          await checkWeights(world);
          if (seed % 5 === 1)
            expect((await world.freshPage()).run).toEqual(
              world.page.run && { ...world.page.run, activations: undefined },
            );
        } catch (error) {
          throw new Error(`seed ${seed}: ${JSON.stringify(randomOrders(seed))}`, { cause: error });
        }
      }
    }, 120_000);
  },
);
