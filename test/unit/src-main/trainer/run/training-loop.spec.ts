// A whole run on a dataset so small that it takes milliseconds.
import { describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { Settings } from '../../../../../src-shared/settings/settings';
import type { Engine } from '../../../../../src-main/trainer/engine/engine';
import { createReferenceEngine } from '../../../../../src-main/trainer/engine/reference/reference-engine';
import { findMistakes } from '../../../../../src-renderer/client/find-mistakes';
import { RunControl } from '../../../../../src-main/trainer/run/run-control';
import { trainRun } from '../../../../../src-main/trainer/run/training-loop';
import { openFiles } from '../../../../fixtures/folders';
import { smallDatasetFiles } from '../../../../fixtures/idx';
import { checkpoints, ofKind, stage } from '../../../../fixtures/stage';

const dataset = await openFiles(smallDatasetFiles({ train: 203, test: 30, rows: 4, columns: 4 }));
const settings: Settings = { ...PLAIN_SETTINGS, hidden: [12], batchSize: 10, epochs: 6 };

describe('a run', () => {
  it('disposes of its engine, whether it was completed, stopped or failed', async () => {
    const endings: string[] = [];
    for (const ending of ['completed', 'stopped', 'failed']) {
      const { context } = stage({
        createEngine(options) {
          const engine = createReferenceEngine(options);
          const train: Engine['train'] = function* (order, hyperparameters) {
            if (ending === 'stopped') context.control.stop();
            if (ending === 'failed') throw new Error('broken');
            yield* engine.train(order, hyperparameters);
          };
          return { ...engine, train, dispose: () => void endings.push(ending) };
        },
      });
      await trainRun({ run: 1, dataset, settings: { ...settings, epochs: 1 } }, context);
    }
    expect(endings).toEqual(['completed', 'stopped', 'failed']);
  });

  it('fails with a sentence if the batch is larger than the training set', async () => {
    const { events, reports, context } = stage();
    await trainRun({ run: 1, dataset, settings: { ...settings, batchSize: 204 } }, context);
    expect(events).toEqual([
      {
        kind: 'failed',
        run: 1,
        error: {
          code: 'settings-refused',
          message: expect.stringContaining('A batch of 204 images is more than the 203 training images'),
        },
      },
    ]);
    expect(reports).toMatchObject([{ kind: 'ended', run: 1, reason: 'failed' }]);
  });

  it('fails with a sentence if the loss is no longer a number, and keeps earlier checkpoints', async () => {
    let batches = 0;
    const { events, reports, context } = stage({
      createEngine(options) {
        const engine = createReferenceEngine(options);
        const train: Engine['train'] = function* (order, hyperparameters) {
          for (const progress of engine.train(order, hyperparameters)) {
            if (progress.kind === 'batches' && (batches += progress.losses.length) > 45) progress.losses.fill(NaN);
            yield progress;
          }
        };
        return { ...engine, train };
      },
    });
    await trainRun({ run: 1, dataset, settings }, context);
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      error: { code: 'training-diverged', message: expect.stringContaining('diverged in epoch 3') },
    });
    expect(checkpoints(reports).map(({ result }) => result.epoch)).toEqual([1, 2]);
    expect(reports.at(-1)).toMatchObject({ kind: 'ended', run: 1, reason: 'failed' });
  });

  it('emits its start, its progress, every epoch and its end, in this order', async () => {
    const { events, reports, context } = stage();
    await trainRun({ run: 7, dataset, settings }, context);
    expect(events[0]).toMatchObject({
      kind: 'started',
      run: 7,
      sizes: [16, 12, 10],
      engine: { name: 'reference', threads: 1 },
    });
    expect(ofKind(events, 'epoch').map(({ result }) => result.epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events.at(-1)).toEqual({ kind: 'finished', run: 7, reason: 'completed' });
    expect(checkpoints(reports).map(({ result }) => result.epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(reports.at(-1)).toEqual({ kind: 'ended', run: 7, reason: 'completed', message: undefined });
    expect(events.every(({ run }) => run === 7)).toBe(true);
  });

  it('learns: the last epoch classifies every test image correctly', async () => {
    const { events, context } = stage();
    await trainRun({ run: 1, dataset, settings: { ...settings, learningRate: 0.2, epochs: 20 } }, context);
    const epochs = ofKind(events, 'epoch');
    expect(epochs[0]!.result.testAccuracy).toBeLessThan(1);
    const mistakes = ({ predictions }: (typeof epochs)[number]) =>
      findMistakes(predictions, dataset.test.labels).index.length;
    expect(mistakes(epochs[0]!)).toBe(Math.round((1 - epochs[0]!.result.testAccuracy) * 30));
    expect(epochs.at(-1)!.result.testAccuracy).toBe(1);
    expect(mistakes(epochs.at(-1)!)).toBe(0);
  });

  it('has a training curve without gaps, whose mean is that of the epoch', async () => {
    const { events, context } = stage();
    await trainRun({ run: 1, dataset, settings: { ...settings, epochs: 2 } }, context);
    const points = ofKind(events, 'progress').flatMap((event) => event.points);
    expect(points.map(({ epochs }) => epochs)).toEqual(Array.from({ length: 40 }, (_, k) => (k + 1) / 20));
    const mean = points.slice(0, 20).reduce((sum, { loss }) => sum + loss, 0) / 20;
    expect(ofKind(events, 'epoch')[0]!.result.trainLoss).toBeCloseTo(mean, 12);
  });

  it('sends progress and weights at most six times a second, however short its epochs are', async () => {
    const { events, context } = stage();
    const start = context.now();
    await trainRun({ run: 1, dataset, settings: { ...settings, epochs: 60 } }, context);
    const seconds = (context.now() - start) / 1000;
    // One more of each at the start or the end, which the limits do not affect.
    expect(ofKind(events, 'progress').length).toBeLessThanOrEqual(6 * seconds + 2);
    expect(ofKind(events, 'weights').length).toBeLessThanOrEqual(6 * seconds + 3);
    expect(ofKind(events, 'progress').at(-1)!.progress).toMatchObject({ epoch: 60, batch: 20, secondsLeft: 0 });
  });

  it('gives the same weights, bit for bit, for the same seed, and others for another seed', async () => {
    const train = async (seed: number) => {
      const { reports, context } = stage();
      await trainRun({ run: 1, dataset, settings: { ...settings, seed } }, context);
      return checkpoints(reports).at(-1)!.layers;
    };
    const first = await train(1);
    expect(await train(1)).toEqual(first);
    expect(await train(2)).not.toEqual(first);
  });

  it('exports weights as [out, in]', async () => {
    const { reports, context } = stage();
    await trainRun({ run: 1, dataset, settings: { ...settings, epochs: 1 } }, context);
    const engine = createReferenceEngine({ dataset, settings });
    expect(
      engine.readWeights().map(({ inputs, outputs, weight, bias }) => [inputs, outputs, weight.length, bias.length]),
    ).toEqual([
      [16, 12, 192, 12],
      [12, 10, 120, 10],
    ]);
    expect(checkpoints(reports)[0]!.layers[0]!.weight).not.toEqual(engine.readWeights()[0]!.weight);
  });

  it('takes orders in the middle of a batch, and discards the batch if it is stopped', async () => {
    let finished = 0;
    let time = 0;
    const now = () => (time += 100); // so slow that no limit applies
    const { events, context } = stage({
      now,
      control: new RunControl(now),
      createEngine(options) {
        const engine = createReferenceEngine(options);
        const train: Engine['train'] = function* (order, hyperparameters) {
          yield { kind: 'share', share: 0.25 };
          if (finished === 3) context.control.stop();
          yield { kind: 'share', share: 0.75 };
          finished++;
          yield* engine.train(order, hyperparameters);
        };
        return { ...engine, train };
      },
    });
    await trainRun({ run: 1, dataset, settings }, context);
    expect(finished).toBe(3);
    expect(events.at(-1)).toEqual({ kind: 'finished', run: 1, reason: 'stopped' });
    const batches = ofKind(events, 'progress').map(({ progress }) => progress.batch);
    expect(batches.slice(0, -1).map((batch) => batch % 1)).toContain(0.25);
    expect(batches.at(-1)! % 1, 'the discarded batch has no effect').toBe(0);
  });

  it('stops in the middle of an epoch if it is ordered to, and reports it', async () => {
    const { events, reports, context } = stage();
    context.emit = (event) => {
      events.push(event);
      if (event.kind === 'epoch' && event.result.epoch === 2) context.control.stop();
    };
    await trainRun({ run: 1, dataset, settings }, context);
    expect(events.at(-1)).toEqual({ kind: 'finished', run: 1, reason: 'stopped' });
    expect(checkpoints(reports).length).toBe(2);
  });

  it('does nothing while paused, does not count that time, and ends with the same weights', async () => {
    const plain = stage();
    await trainRun({ run: 1, dataset, settings }, plain.context);

    const paused = stage();
    let eventsWhilePaused = -1;
    paused.context.emit = (event) => {
      paused.events.push(event);
      if (event.kind !== 'epoch' || event.result.epoch !== 1) return;
      paused.context.control.pause();
      setImmediate(() => {
        const before = paused.events.length;
        for (let tick = 0; tick < 100_000; tick++) paused.context.now();
        setImmediate(() => {
          eventsWhilePaused = paused.events.length - before;
          paused.context.control.resume();
        });
      });
    };
    await trainRun({ run: 1, dataset, settings }, paused.context);
    expect(eventsWhilePaused).toBe(0);
    expect(checkpoints(paused.reports).at(-1)!.layers).toEqual(checkpoints(plain.reports).at(-1)!.layers);
    for (const { result } of ofKind(paused.events, 'epoch')) expect(result.seconds).toBeLessThan(10);
  });
});
