// Orders to a run while it trains: single steps and changes.
import type { LayerWeights } from '../../../../../src-shared/networks/layers';
import { describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import { learningRateAt } from '../../../../../src-shared/settings/schedule';
import type { Settings } from '../../../../../src-shared/settings/settings';
import type { Engine } from '../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { beginRun } from '../../../../../src-main/trainer/run/training-loop';
import { beginScripted, endRun } from '../../../../fixtures/begun-run';
import { openFiles } from '../../../../fixtures/folders';
import { smallDatasetFiles } from '../../../../fixtures/idx';
import { scriptedEngines } from '../../../../fixtures/scripted-engine';
import { checkpoints, ofKind, stage } from '../../../../fixtures/stage';

const dataset = await openFiles(smallDatasetFiles({ train: 203, test: 30, rows: 4, columns: 4 }));
const plain: Settings = { ...PLAIN_SETTINGS, hidden: [12], batchSize: 10, epochs: 3 };

const begin = (changes: Partial<Settings> = {}) => beginScripted(dataset, { ...plain, ...changes });

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
    await endRun(begun, ended);
  });

  it('until the end of the epoch pauses after its results', async () => {
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
  it('takes effect from the next update, is shown at once while paused, and is stored with the weights', async () => {
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

  it('in the middle of a long batch is emitted with the number of the next update', async () => {
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

  it('to the same values is ignored', async () => {
    const begun = begin();
    const ended = begun.run.train('batch');
    await begun.rest();
    const before = begun.events.length;
    begun.run.change({ learningRate: plain.learningRate, batchSize: 10 });
    expect(begun.events.length).toBe(before);
    await endRun(begun, ended);
  });

  it('of the batch size in the middle of an epoch skips the images that were trained already', async () => {
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
    await endRun(begun, ended);
  });

  it('that does not fit the engine creates a new one with the same state', async () => {
    const begun = begin();
    const ended = begun.run.train('batch');
    await begun.rest();
    begun.run.change({ batchSize: 50 });
    begun.run.resume('batch');
    await begun.rest();
    expect(begun.made).toHaveLength(2);
    expect(begun.made[1]).toMatchObject({ settings: { batchSize: 50 }, state: { updates: 1 } });
    expect(begun.disposed()).toBe(1);
    await endRun(begun, ended);
    begun.run.dispose();
    expect(begun.disposed()).toBe(2);
  });

  it('of the batch size gives the same weights as with an engine that never had another', async () => {
    const layersOf = async (fits: boolean): Promise<LayerWeights[]> => {
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
