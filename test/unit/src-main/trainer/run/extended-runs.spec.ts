// Runs that are extended: while they train, after their end, and after a stop.
import { describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import { learningRateAt } from '../../../../../src-shared/settings/schedule';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { beginRun, trainRun } from '../../../../../src-main/trainer/run/training-loop';
import { beginScripted, endRun } from '../../../../fixtures/begun-run';
import { openFiles } from '../../../../fixtures/folders';
import { smallDatasetFiles } from '../../../../fixtures/idx';
import type { Script } from '../../../../fixtures/scripted-engine';
import { checkpoints, ofKind, stage } from '../../../../fixtures/stage';

const dataset = await openFiles(smallDatasetFiles({ train: 203, test: 30, rows: 4, columns: 4 }));
const plain: Settings = { ...PLAIN_SETTINGS, hidden: [12], batchSize: 10, epochs: 3 };

const begin = (changes: Partial<Settings> = {}, script?: Script) =>
  beginScripted(dataset, { ...plain, ...changes }, script);

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

  it('after the end are emitted as an extension of a run that is no longer paused', async () => {
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

  it('after a stop first finish the epoch that was cut off', async () => {
    const begun = begin();
    const ended = begun.run.train('batch');
    await begun.rest();
    await endRun(begun, ended);
    await begun.run.extend(2, 'end');
    expect(ofKind(begun.events, 'epoch').map(({ result }) => result.epoch)).toEqual([1, 2, 3]);
    expect(begun.updates()).toBe(60);
    expect(new Set(begun.told.filter(({ epoch }) => epoch === 1).flatMap(({ order }) => order)).size).toBe(200);
  });

  it.each(['cosine', 'one-cycle'] as const)(
    'after the end restart the %s schedule, without its warm-up',
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

  it('after the end continue the stepped schedule', async () => {
    const begun = begin({ schedule: 'step', stepEpochs: 2, stepFactor: 0.5, learningRate: 0.4 });
    await begun.run.train('end');
    await begun.run.extend(2, 'end');
    expect(ofKind(begun.events, 'epoch').map(({ result }) => result.learningRate)).toEqual([0.4, 0.4, 0.2, 0.2, 0.1]);
  });

  it('during training stretch the schedule to the new end, and leave a pause as it is', async () => {
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

  it('after an early end reset the patience', async () => {
    const begun = begin(
      { validationShare: 0.2, patience: 2, epochs: 9 },
      { validation: [0.9, ...new Array<number>(20).fill(0.1)] },
    );
    await begun.run.train('end');
    await begun.run.extend(9, 'end');
    expect(ofKind(begun.events, 'finished').map(({ reason }) => reason)).toEqual(['early', 'early']);
    expect(ofKind(begun.events, 'epoch')).toHaveLength(5);
  });

  it('after the best weights were restored continue from those', async () => {
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
