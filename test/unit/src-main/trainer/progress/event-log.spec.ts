import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../../../src-shared/contract';
import type { Progress } from '../../../../../src-shared/runs/progress';
import type { EpochResult } from '../../../../../src-shared/runs/score';
import { EventLog } from '../../../../../src-main/trainer/progress/event-log';

const progress = (batch: number): Progress => ({
  epoch: 1,
  batch,
  batches: 9,
  learningRate: 0.1,
  imagesPerSecond: 1,
  secondsLeft: 1,
  memory: 1,
});
const point = (epochs: number) => ({ epochs, loss: 1, accuracy: 0, learningRate: 0.1 });
const started = { kind: 'started', run: 1 } as LoggedEvent;
const epoch = (number: number) =>
  ({
    kind: 'epoch',
    run: 1,
    result: { epoch: number } as EpochResult,
    predictions: {
      predicted: Uint16Array.of(number),
      confidence: Float32Array.of(1),
      probabilities: Float32Array.of(1),
    },
  }) as LoggedEvent;

describe('EventLog', () => {
  it('is empty before the first event', () => {
    expect(new EventLog().events()).toEqual([]);
  });

  it('keeps all points but only the newest progress', () => {
    const log = new EventLog();
    log.add(started);
    log.add({ kind: 'progress', run: 1, progress: progress(1), points: [point(0.1), point(0.2)] });
    log.add({ kind: 'progress', run: 1, progress: progress(2), points: [point(0.3)] });
    expect(log.events()).toEqual([
      started,
      { kind: 'progress', run: 1, progress: progress(2), points: [point(0.1), point(0.2), point(0.3)] },
    ]);
  });

  it('keeps all epochs but only the newest probabilities', () => {
    const log = new EventLog();
    log.add(started);
    log.add(epoch(1));
    log.add(epoch(2));
    const kept = log.events().slice(1) as Extract<LoggedEvent, { kind: 'epoch' }>[];
    expect(
      kept.map(({ result, predictions }) => [result.epoch, predictions.predicted[0], predictions.probabilities.length]),
    ).toEqual([
      [1, 1, 0],
      [2, 2, 1],
    ]);
  });

  it('forgets the last run when another starts, and everything when another dataset is opened', () => {
    const log = new EventLog();
    const dataset = { kind: 'dataset' } as LoggedEvent;
    log.add(dataset);
    log.add(started);
    log.add(epoch(1));
    log.add({ kind: 'finished', run: 1, reason: 'completed' });
    const second = { ...started, run: 2 } as LoggedEvent;
    log.add(second);
    expect(log.events()).toEqual([dataset, second]);
    log.add(dataset);
    expect(log.events()).toEqual([dataset]);
  });

  const change = { kind: 'changed', run: 1, change: { epochs: 1, update: 9, changes: { momentum: 0 } } } as const;
  const extended = (epochs: number) => ({ kind: 'extended', run: 1, epochs }) as const;
  const goesOn = (epochs: number) => ({ kind: 'extended', run: 1, epochs, scheduleStart: 3 }) as const;
  const restored = { kind: 'restored', run: 1, epoch: 1 } as LoggedEvent;
  const finished = { kind: 'finished', run: 1, reason: 'completed' } as const;
  const paused = { kind: 'paused', run: 1, paused: false } as const;
  const logOf = (...events: LoggedEvent[]) => {
    const log = new EventLog();
    events.forEach((event) => log.add(event));
    return log.events();
  };

  it('keeps all changes of a run, and those of the last run no longer', () => {
    const second = { ...change, change: { ...change.change, update: 12 } };
    expect(logOf(started, change, second)).toEqual([started, change, second]);
    expect(logOf(started, change, extended(9), restored, finished, started)).toEqual([started]);
  });

  it('shows a run that was extended after its end as active, with the newest number of epochs', () => {
    expect(logOf(started, finished, goesOn(9), paused)).toEqual([started, goesOn(9), paused]);
    expect(logOf(started, finished, goesOn(9), extended(12), paused), 'and again during training').toEqual([
      started,
      goesOn(12),
      paused,
    ]);
    expect(logOf(started, extended(9), extended(12), finished)).toEqual([started, extended(12), finished]);
  });

  it('shows the best weights as restored until an epoch has been trained from them', () => {
    const [first, second] = [epoch(1), epoch(2)];
    expect(logOf(started, first, restored, finished)).toEqual([started, first, restored, finished]);
    expect(logOf(started, first, restored, finished, goesOn(9))).toEqual([started, first, restored, goesOn(9)]);
    expect(logOf(started, first, extended(9), restored, finished)).toEqual([
      started,
      first,
      extended(9),
      restored,
      finished,
    ]);
    expect(logOf(started, first, restored, finished, goesOn(9), second).map(({ kind }) => kind)).toEqual([
      'started',
      'epoch',
      'epoch',
      'extended',
    ]);
  });
});

it('keeps all results of a run of thousands of epochs, but only a bounded part of the rest', () => {
  const log = new EventLog();
  log.add(started);
  for (let k = 1; k <= 3000; k++) {
    log.add({ kind: 'progress', run: 1, progress: progress(k), points: [point(k - 0.5), point(k)] });
    log.add({
      kind: 'gradients',
      run: 1,
      gradients: { epochs: k, layers: [{ norm: 1, histogram: new Uint32Array(64), limit: 1 }] },
    });
    log.add(epoch(k));
  }
  const events = log.events();
  const of = <K extends LoggedEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<LoggedEvent, { kind: K }> => event.kind === kind);
  expect(of('epoch')).toHaveLength(3000);
  expect(of('epoch').filter(({ predictions }) => predictions.predicted.length > 0)).toHaveLength(100);
  expect(
    of('epoch')
      .filter(({ predictions }) => predictions.probabilities.length > 0)
      .map(({ result }) => result.epoch),
  ).toEqual([3000]);
  expect(of('gradients')).toHaveLength(400);
  expect(of('gradients').filter(({ gradients }) => gradients.layers[0]!.histogram.length > 0)).toHaveLength(1);
  const { points } = of('progress')[0]!;
  expect(points).toHaveLength(2000);
  expect([points[0]!.epochs, points.at(-1)!.epochs]).toEqual([0.5, 3000]);
});
