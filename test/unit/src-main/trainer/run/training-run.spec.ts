// What the training loop passes to its engine, and how it uses validation scores, with a scripted engine.
import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../../../../src-shared/settings/schedule';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import { splitValidation } from '../../../../../src-main/trainer/data/split/validation';
import { trainRun } from '../../../../../src-main/trainer/run/training-loop';
import { openFiles } from '../../../../fixtures/folders';
import { smallDatasetFiles } from '../../../../fixtures/idx';
import { scriptedEngines, type Script } from '../../../../fixtures/scripted-engine';
import { checkpoints, ofKind, stage } from '../../../../fixtures/stage';

const dataset = await openFiles(smallDatasetFiles({ train: 203, test: 30, rows: 4, columns: 4 }));
const plain: Settings = { ...PLAIN_SETTINGS, batchSize: 10, epochs: 4 };

async function train(changes: Partial<Settings>, script?: Script) {
  const engines = scriptedEngines(script);
  const { events, reports, context } = stage({ createEngine: engines.createEngine });
  await trainRun({ run: 1, dataset, settings: { ...plain, ...changes } }, context);
  return { events, reports, ...engines };
}

describe('the learning rate', () => {
  it.each(['constant', 'step', 'cosine', 'one-cycle'] as const)(
    'of every update is that of the schedule: %s',
    async (schedule) => {
      const settings = { ...plain, schedule, warmupEpochs: 0.5, stepEpochs: 2 };
      const { told, events } = await train(settings);
      const rates = Array.from({ length: 80 }, (_, update) => learningRateAt(settings, update / 20, 4));
      expect(told.flatMap(({ learningRates }) => learningRates)).toEqual(rates);
      expect(ofKind(events, 'epoch').map(({ result }) => result.learningRate)).toEqual([
        rates[19],
        rates[39],
        rates[59],
        rates[79],
      ]);
    },
  );

  it('shown to the page is that of the next update', async () => {
    const { events } = await train({ schedule: 'cosine', epochs: 30 });
    for (const { progress } of ofKind(events, 'progress')) {
      const trained = progress.epoch - 1 + progress.batch / progress.batches;
      expect(progress.learningRate).toBeCloseTo(learningRateAt({ ...plain, schedule: 'cosine' }, trained, 30), 12);
    }
  });
});

describe('the validation images', () => {
  it('are never trained on; all others are, except the last, partial batch', async () => {
    const { told } = await train({ validationShare: 0.2, seed: 3 });
    const { train: left, validation } = splitValidation(dataset.train.labels, 10, 0.2, 3);
    expect(validation.length).toBe(40);
    const trained = new Set(told.flatMap(({ order }) => order));
    expect(validation.filter((position) => trained.has(position))).toEqual(new Uint32Array());
    expect(trained.size).toBe(left.length);
    for (const epoch of [1, 2]) {
      const order = told.filter((call) => call.epoch === epoch).flatMap((call) => call.order);
      expect(new Set(order).size, 'each at most once').toBe(order.length);
      expect(order.length).toBe(160);
    }
  });

  it('have a score in every epoch; without them no epoch has one', async () => {
    const scores = async (validationShare: number) =>
      ofKind(
        (await train({ validationShare }, { validation: [1, 0, 1, 0], validationLoss: [4, 3, 2, 1] })).events,
        'epoch',
      ).map(({ result }) => result.validation);
    expect(await scores(0.2)).toEqual([
      { accuracy: 1, loss: 4 },
      { accuracy: 0, loss: 3 },
      { accuracy: 1, loss: 2 },
      { accuracy: 0, loss: 1 },
    ]);
    expect(await scores(0)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('early stopping', () => {
  const early = { validationShare: 0.2, patience: 2, epochs: 9 };
  const ending = async (script: Script, changes: Partial<Settings> = {}) => {
    const { events } = await train({ ...early, ...changes }, script);
    return [ofKind(events, 'epoch').length, ofKind(events, 'finished')[0]!.reason];
  };

  it(
    'ends a run after as many epochs without a better validation accuracy as its patience, whatever the test ' +
      'images say',
    async () => {
      const falling = [0.3, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0, 0];
      const rising = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
      expect(await ending({ validation: falling, test: rising })).toEqual([4, 'early']);
      expect(await ending({ validation: rising, test: falling })).toEqual([9, 'completed']);
      expect(await ending({ validation: falling }, { patience: 0 })).toEqual([9, 'completed']);
    },
  );

  it('counts a lower loss as better if the accuracy is the same, but not if it is lower', async () => {
    const same = new Array<number>(9).fill(0.5);
    const lossFalls = [9, 8, 7, 6, 5, 4, 3, 2, 1];
    expect(await ending({ validation: same, validationLoss: lossFalls })).toEqual([9, 'completed']);
    expect(await ending({ validation: same })).toEqual([3, 'early']);
    expect(await ending({ validation: [0.9, 0.5, 0.5, 0.5], validationLoss: lossFalls })).toEqual([3, 'early']);
  });

  it('in the last epoch does not count as early', async () => {
    expect(await ending({ validation: [0.5, 0.1, 0.1] }, { epochs: 3 })).toEqual([3, 'completed']);
  });
});

describe('the best weights', () => {
  const keep = { validationShare: 0.2, keep: 'best' } as const;
  const script: Script = { validation: [0.2, 0.8, 0.4, 0.8], test: [0.1, 0.2, 0.9, 0.3] };

  it('by the validation images, never by the test images, are restored at the end and reported again', async () => {
    const { events, reports, written } = await train(keep, script);
    // 163 images are left: 16 updates an epoch. Of two equal epochs the first is kept.
    expect(written).toEqual([32]);
    expect(checkpoints(reports).map(({ result, layers }) => [result.epoch, layers[0]!.weight[0]])).toEqual([
      [1, 16],
      [2, 32],
      [3, 48],
      [4, 64],
      [2, 32],
    ]);
    expect(events.slice(-3)).toEqual([
      { kind: 'restored', run: 1, epoch: 2, predictions: ofKind(events, 'epoch')[1]!.predictions },
      expect.objectContaining({ kind: 'weights' }),
      { kind: 'finished', run: 1, reason: 'completed' },
    ]);
  });

  it('are restored after an early end too', async () => {
    const { events, written } = await train({ ...keep, patience: 1 }, script);
    expect(written).toEqual([32]);
    expect(events.at(-1)).toMatchObject({ reason: 'early' });
  });

  it('are not restored if they are the last, or if the last weights are kept', async () => {
    const rising = { validation: [0.1, 0.3, 0.5, 0.7], test: [0.9, 0.2, 0.1, 0] };
    for (const { events, written } of [await train(keep, rising), await train({ ...keep, keep: 'last' }, script)]) {
      expect(written).toEqual([]);
      expect(ofKind(events, 'restored')).toEqual([]);
    }
  });

  it('are restored after a stop too', async () => {
    const engines = scriptedEngines({ validation: [0.2, 0.8, 0.4] });
    const { events, context } = stage({ createEngine: engines.createEngine });
    context.emit = (event) => {
      events.push(event);
      if (event.kind === 'epoch' && event.result.epoch === 3) context.control.stop();
    };
    await trainRun({ run: 1, dataset, settings: { ...plain, ...keep } }, context);
    expect(engines.written).toEqual([32]);
    expect(events.at(-1)).toMatchObject({ reason: 'stopped' });
  });
});
