import { describe, expect, it } from 'vitest';
import type { EpochResult, LoggedEvent, Progress } from '../../../../src-shared/contract';
import { EventLog } from '../../../../src-main/trainer/event-log';

const progress = (batch: number): Progress => ({ epoch: 1, batch, batches: 9, imagesPerSecond: 1, secondsLeft: 1, memory: 1 });
const point = (epochs: number) => ({ epochs, loss: 1, accuracy: 0 });
const started = { kind: 'started', run: 1 } as LoggedEvent;
const epoch = (number: number) =>
  ({ kind: 'epoch', run: 1, result: { epoch: number } as EpochResult, mistakes: { index: Uint32Array.of(number) } }) as LoggedEvent;

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

  it('keeps all epochs but only the newest mistakes', () => {
    const log = new EventLog();
    log.add(epoch(1));
    log.add(epoch(2));
    const kept = log.events() as Extract<LoggedEvent, { kind: 'epoch' }>[];
    expect(kept.map(({ result, mistakes }) => [result.epoch, mistakes.index.length])).toEqual([[1, 0], [2, 1]]);
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
});
