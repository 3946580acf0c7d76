// Orders to a run in flight and after its end: single steps, changes, more epochs.
import { describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../../src-shared/networks/layers';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import { learningRateAt } from '../../../../../src-shared/settings/schedule';
import type { Settings } from '../../../../../src-shared/settings/settings';
import type { Engine } from '../../../../../src-main/trainer/engine/engine';
import { beginRun, trainRun } from '../../../../../src-main/trainer/run/training-loop';
import { openFiles } from '../../../../fixtures/folders';
import { smallDatasetFiles } from '../../../../fixtures/idx';
import { scriptedEngines, type Script } from '../../../../fixtures/scripted-engine';
import { checkpoints, ofKind, stage } from '../../../../fixtures/stage';

const dataset = await openFiles(smallDatasetFiles({ train: 203, test: 30, rows: 4, columns: 4 }));
const plain: Settings = { ...PLAIN_SETTINGS, hidden: [12], batchSize: 10, epochs: 3 };

/** A run on a scripted engine that hears its orders. */
function begin(changes: Partial<Settings> = {}, script?: Script) {
  const engines = scriptedEngines(script);
  const staged = stage({ createEngine: engines.createEngine });
  const run = beginRun({ run: 1, dataset, settings: { ...plain, ...changes } }, staged.context)!;
  const updates = () => engines.told.reduce((sum, { learningRates }) => sum + learningRates.length, 0);
  /** Until it pauses by itself or ends, whichever comes first. */
  const rest = async () => {
    while (!['paused', 'idle'].includes(staged.context.control.phase))
      await new Promise((resolve) => setImmediate(resolve));
  };
  return { ...staged, ...engines, run, updates, rest };
}

/** Stops a run that a test has seen enough of. */
async function end({ run }: ReturnType<typeof begin>, ended: Promise<void>): Promise<void> {
  run.stop();
  await ended;
}

describe('a single step', () => {
  it('until the next batch is exactly one update, again and again', async () => {
    const begun = begin();
    const ended = begun.run.train('batch');
    for (let updates = 1; updates <= 25; updates++) {
      await begun.rest();
      expect(begun.updates()).toBe(updates);
      expect(ofKind(begun.events, 'progress').at(-1)!.progress).toMatchObject({
        epoch: Math.ceil(updates / 20),
        batch: ((updates - 1) % 20) + 1,
        batches: 20,
      });
      expect(begun.events.at(-1)).toEqual({ kind: 'paused', run: 1, paused: true });
      expect(begun.reports.at(-1)).toEqual({ kind: 'paused', run: 1, paused: true });
      begun.run.resume('batch');
    }
    await end(begun, ended);
  });

  it('until the end of the epoch pauses when its results are there', async () => {
    const begun = begin();
    const ended = begun.run.train('epoch');
    for (const epoch of [1, 2]) {
      await begun.rest();
      expect(begun.updates()).toBe(20 * epoch);
      expect(ofKind(begun.events, 'epoch').map(({ result }) => result.epoch)).toHaveLength(epoch);
      expect(begun.events.at(-1)).toMatchObject({ kind: 'paused', paused: true });
      begun.run.resume('epoch');
    }
    await ended;
    expect(begun.events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
  });

  it('until the end never pauses', async () => {
    const begun = begin();
    await begun.run.train('end');
    expect(ofKind(begun.events, 'paused')).toEqual([]);
  });
});

describe('a change', () => {
  it('takes effect from the next update, is shown at once while paused, and is kept with the weights', async () => {
    const begun = begin({ learningRate: 0.2, schedule: 'cosine' });
    const ended = begun.run.train('batch');
    await begun.rest();
    begun.run.change({ learningRate: 0.4, momentum: 0.5, dropout: 0 });
    const change = { epochs: 1 / 20, update: 1, changes: { learningRate: 0.4, momentum: 0.5 } };
    const [changed, progress] = begun.events.slice(-2);
    expect(changed).toEqual({ kind: 'changed', run: 1, change });
    const rate = learningRateAt({ ...plain, schedule: 'cosine', learningRate: 0.4 }, 1 / 20, 3);
    expect(progress).toMatchObject({ kind: 'progress', progress: { learningRate: rate } });

    begun.run.resume('batch');
    await begun.rest();
    expect(begun.told.map(({ momentum }) => momentum)).toEqual([0.9, 0.5]);
    expect(begun.told[1]!.learningRates).toEqual([rate]);
    begun.run.resume('end');
    await ended;
    for (const checkpoint of checkpoints(begun.reports)) {
      expect(checkpoint).toMatchObject({ settings: { learningRate: 0.2, momentum: 0.9 }, changes: [change] });
    }
  });

  it('in the middle of a batch that takes long is told as what it is: from the next update on', async () => {
    const engines = scriptedEngines();
    const { context, events } = stage();
    let change = () => undefined as void;
    context.createEngine = (options) => {
      const engine = engines.createEngine(options);
      const train: Engine['train'] = function* (order, hyperparameters) {
        const { batchSize, learningRates, epoch } = hyperparameters;
        for (let b = 0; b < learningRates.length; b++) {
          yield { kind: 'share', share: 0.5 };
          if (epoch === 2 && b === 3) change();
          yield* engine.train(order.subarray(b * batchSize, (b + 1) * batchSize), {
            ...hyperparameters,
            learningRates: learningRates.subarray(b, b + 1),
          });
        }
      };
      return { ...engine, train };
    };
    const run = beginRun({ run: 1, dataset, settings: plain }, context)!;
    change = () => run.change({ momentum: 0.25 });
    await run.train('end');
    const momenta = engines.told.flatMap(({ momentum, learningRates }) => learningRates.map(() => momentum));
    const { update, epochs } = ofKind(events, 'changed')[0]!.change;
    expect(update).toBeGreaterThan(20);
    expect(epochs).toBe(update / 20);
    expect(momenta.indexOf(0.25)).toBe(update);
    expect(ofKind(events, 'changed')).toHaveLength(1);
  });

  it('of nothing is no change', async () => {
    const begun = begin();
    const ended = begun.run.train('batch');
    await begun.rest();
    const before = begun.events.length;
    begun.run.change({ learningRate: plain.learningRate, batchSize: 10 });
    expect(begun.events.length).toBe(before);
    await end(begun, ended);
  });

  it('of the batch size in the middle of an epoch leaves the images that are trained on already alone', async () => {
    const begun = begin();
    const ended = begun.run.train('batch');
    await begun.rest();
    begun.run.change({ batchSize: 64 });
    expect(ofKind(begun.events, 'progress').at(-1)!.progress).toMatchObject({
      epoch: 1,
      batch: 10 / 64,
      batches: 10 / 64 + 3,
    });
    begun.run.resume('epoch');
    await begun.rest();
    expect(begun.told.flatMap(({ batchSize, learningRates }) => learningRates.map(() => batchSize))).toEqual([
      10, 64, 64, 64,
    ]);
    const order = begun.told.flatMap((call) => call.order);
    expect(new Set(order).size).toBe(10 + 3 * 64);
    expect(begun.events.at(-1)).toMatchObject({ kind: 'paused' });
    expect(ofKind(begun.events, 'epoch')).toHaveLength(1);
    begun.run.resume('epoch');
    await begun.rest();
    expect(begun.updates(), 'the next epoch has three batches of 64').toBe(7);
    await end(begun, ended);
  });

  it('that the engine is not laid out for brings a new one that has learned all the same', async () => {
    const begun = begin();
    const ended = begun.run.train('batch');
    await begun.rest();
    begun.run.change({ batchSize: 50 });
    begun.run.resume('batch');
    await begun.rest();
    expect(begun.made).toHaveLength(2);
    expect(begun.made[1]).toMatchObject({ settings: { batchSize: 50 }, state: { updates: 1 } });
    expect(begun.disposed()).toBe(1);
    await end(begun, ended);
    begun.run.dispose();
    expect(begun.disposed()).toBe(2);
  });

  it('of the batch size gives the same weights as with an engine that never had another', async () => {
    const layersOf = async (fits: boolean): Promise<LayerWeights[]> => {
      const { createReferenceEngine } =
        await import('../../../../../src-main/trainer/engine/reference/reference-engine');
      const { context, reports } = stage({
        createEngine: (options) => ({
          ...createReferenceEngine(options),
          fits: ({ batchSize }) => fits || batchSize === options.settings.batchSize,
        }),
      });
      const run = beginRun({ run: 1, dataset, settings: plain }, context)!;
      const ended = run.train('epoch');
      while (!context.control.paused) await new Promise((resolve) => setImmediate(resolve));
      run.change({ batchSize: 25 });
      run.resume('end');
      await ended;
      return checkpoints(reports).at(-1)!.layers;
    };
    expect(await layersOf(false)).toEqual(await layersOf(true));
  });
});

describe('more epochs', () => {
  it('after the end lead to the same weights, bit for bit, as a run that was longer from its start', async () => {
    const straight = stage();
    await trainRun({ run: 1, dataset, settings: { ...plain, epochs: 5 } }, straight.context);
    const { context, events, reports } = stage();
    const run = beginRun({ run: 1, dataset, settings: { ...plain, epochs: 2 } }, context)!;
    await run.train('end');
    await run.extend(3, 'end');
    expect(checkpoints(reports).map(({ result }) => result.epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(checkpoints(reports).at(-1)!.layers).toEqual(checkpoints(straight.reports).at(-1)!.layers);
    const points = (all: typeof events) =>
      ofKind(all, 'progress').flatMap((event) => event.points.map(({ epochs }) => epochs));
    expect(points(events)).toEqual(points(straight.events));
    expect(reports.filter(({ kind }) => kind === 'ended')).toEqual(
      [1, 2].map(() => ({ kind: 'ended', run: 1, reason: 'completed', message: undefined })),
    );
  });

  it('after the end are told as an extension of a run that is no longer paused', async () => {
    const begun = begin();
    await begun.run.train('end');
    const before = begun.events.length;
    await begun.run.extend(2, 'end');
    expect(begun.events.slice(before, before + 2)).toEqual([
      { kind: 'extended', run: 1, epochs: 5, scheduleStart: 0 },
      { kind: 'paused', run: 1, paused: false },
    ]);
    expect(begun.events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
    expect(begun.disposed(), 'its engine is kept').toBe(0);
  });

  it('after a stop finish the epoch that was cut off besides, from where it was', async () => {
    const begun = begin();
    const ended = begun.run.train('batch');
    await begun.rest();
    await end(begun, ended);
    await begun.run.extend(2, 'end');
    expect(ofKind(begun.events, 'epoch').map(({ result }) => result.epoch)).toEqual([1, 2, 3]);
    expect(begun.updates()).toBe(60);
    expect(new Set(begun.told.filter(({ epoch }) => epoch === 1).flatMap(({ order }) => order)).size).toBe(200);
  });

  it.each(['cosine', 'one-cycle'] as const)(
    'after the end begin the %s schedule again, without its warm-up',
    async (schedule) => {
      const settings = { ...plain, schedule, warmupEpochs: 1 };
      const begun = begin(settings);
      await begun.run.train('end');
      await begun.run.extend(2, 'end');
      const rates = begun.told.flatMap(({ learningRates }) => learningRates).slice(60);
      expect(rates).toHaveLength(40);
      rates.forEach((rate, update) =>
        expect(rate).toBeCloseTo(learningRateAt({ ...settings, warmupEpochs: 0 }, update / 20, 2), 12),
      );
    },
  );

  it('after the end let the stepped schedule go on', async () => {
    const begun = begin({ schedule: 'step', stepEpochs: 2, stepFactor: 0.5, learningRate: 0.4 });
    await begun.run.train('end');
    await begun.run.extend(2, 'end');
    expect(ofKind(begun.events, 'epoch').map(({ result }) => result.learningRate)).toEqual([0.4, 0.4, 0.2, 0.2, 0.1]);
  });

  it('in flight stretch the schedule to the new end, and leave a pause as it is', async () => {
    const begun = begin({ schedule: 'cosine' });
    const ended = begun.run.train('epoch');
    await begun.rest();
    begun.run.extend(2);
    expect(ofKind(begun.events, 'extended')).toEqual([{ kind: 'extended', run: 1, epochs: 5 }]);
    expect(begun.context.control.paused).toBe(true);
    begun.run.resume('end');
    await ended;
    const rates = begun.told.flatMap(({ learningRates }) => learningRates);
    expect(rates).toHaveLength(100);
    const cosine = { ...plain, schedule: 'cosine' } as const;
    expect(rates).toEqual(
      Array.from({ length: 100 }, (_, update) => learningRateAt(cosine, update / 20, update < 20 ? 3 : 5)),
    );
  });

  it('after an early end begin with all of the patience again', async () => {
    const begun = begin(
      { validationShare: 0.2, patience: 2, epochs: 9 },
      { validation: [0.9, ...new Array<number>(20).fill(0.1)] },
    );
    await begun.run.train('end');
    await begun.run.extend(9, 'end');
    expect(ofKind(begun.events, 'finished').map(({ reason }) => reason)).toEqual(['early', 'early']);
    expect(ofKind(begun.events, 'epoch')).toHaveLength(5);
  });

  it('after the best weights were put back go on from those', async () => {
    const begun = begin({ validationShare: 0.2, keep: 'best', epochs: 2 }, { validation: [0.9, 0.1, 0.2] });
    await begun.run.train('end');
    await begun.run.extend(1, 'end');
    const weights = checkpoints(begun.reports).map(({ result, layers }) => [result.epoch, layers[0]!.weight[0]]);
    expect(weights, '16 updates an epoch').toEqual([
      [1, 16],
      [2, 32],
      [1, 16],
      [3, 32],
      [1, 16],
    ]);
  });
});
