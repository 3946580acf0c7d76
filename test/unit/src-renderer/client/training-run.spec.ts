import { describe, expect, it } from 'vitest';
import {
  epochsTrained,
  isActive,
  isExtendable,
  liveSettings,
  markTrainerLost,
  reduce,
  shownEpochs,
  shownResult,
} from '../../../../src-renderer/client/training';
import type { LoggedEvent, TrainerEvent } from '../../../../src-shared/contract';
import {
  dataset,
  epoch,
  failure,
  play,
  predictions,
  progress,
  settings,
  started,
  wholeRun,
} from '../../../fixtures/trainer-events';

describe('the phases of a run', () => {
  it('follows pause and resume, and is active in both', () => {
    const paused = play([dataset, started(1), { kind: 'paused', run: 1, paused: true }]);
    expect(paused.run?.phase).toBe('paused');
    expect(isActive(paused.run)).toBe(true);
    expect(reduce(paused, { kind: 'paused', run: 1, paused: false }).run?.phase).toBe('running');
  });

  it('ends as completed, stopped or failed, and is then no longer active', () => {
    for (const reason of ['completed', 'stopped'] as const) {
      const { run } = play([...wholeRun, { kind: 'finished', run: 1, reason }]);
      expect(run?.phase).toBe(reason);
      expect(isActive(run)).toBe(false);
    }
    const { run } = play([...wholeRun, { kind: 'failed', run: 1, error: failure }]);
    expect(run).toMatchObject({ phase: 'failed', failure });
  });

  it('cuts off the current run when the trainer is lost, and leaves a finished one as it is', () => {
    const cutOff = markTrainerLost(play(wholeRun), failure);
    expect(cutOff.lost).toBe(failure);
    expect(cutOff.run).toMatchObject({ phase: 'lost', points: [{}, {}, {}] });
    const finished = play([...wholeRun, { kind: 'finished', run: 1, reason: 'completed' }]);
    expect(markTrainerLost(finished, failure).run).toBe(finished.run);
  });
});

describe('epochs trained', () => {
  it('counts the fraction of the current epoch', () => {
    expect(epochsTrained(play([dataset, started(1)]).run!)).toBe(0);
    expect(epochsTrained(play(wholeRun).run!)).toBe(1.5);
  });

  it('is a whole number at the end of an epoch, before the next begins', () => {
    expect(epochsTrained(play([dataset, started(1), progress(1, 1, 9), epoch(1, 1)]).run!)).toBe(1);
  });
});

describe('a run that is changed or extended', () => {
  const change = { epochs: 1.5, update: 15, changes: { learningRate: 0.05 } };

  it('collects its changes, and keeps the settings that it began with', () => {
    const { run } = play([...wholeRun, { kind: 'changed', run: 1, change }]);
    expect(run).toMatchObject({ changes: [change], settings: { learningRate: 0.1 } });
    expect(liveSettings(run!).learningRate).toBe(0.05);
  });

  it('gets more epochs while it is active, and its schedule stretches', () => {
    const { run } = play([...wholeRun, { kind: 'extended', run: 1, epochs: 25 }]);
    expect(run).toMatchObject({ phase: 'running', epochs: 25, scheduleStart: 0 });
    const waiting = play([
      ...wholeRun,
      { kind: 'paused', run: 1, paused: true },
      { kind: 'extended', run: 1, epochs: 25 },
    ]);
    expect(waiting.run).toMatchObject({ phase: 'paused', epochs: 25 });
  });

  it('can be extended after its end, and forgets which epoch was restored', () => {
    const over = play([
      ...wholeRun,
      { kind: 'restored', run: 1, epoch: 1, predictions },
      { kind: 'finished', run: 1, reason: 'early' },
    ]);
    expect(over.run).toMatchObject({ phase: 'early', kept: 1 });
    expect(isExtendable(over.run)).toBe(true);
    expect(reduce(over, { kind: 'extended', run: 1, epochs: 30, scheduleStart: 0 }).run).toMatchObject({
      phase: 'running',
      kept: undefined,
      epochs: 30,
      scheduleStart: 0,
    });
  });

  it('restarts a schedule that has ended', () => {
    const begun = started(1) as Extract<LoggedEvent, { kind: 'started' }>;
    const over: TrainerEvent[] = [
      dataset,
      { ...begun, settings: { ...settings, schedule: 'cosine' } },
      progress(1, 1, 10),
      epoch(1, 1),
      { kind: 'finished', run: 1, reason: 'completed' },
    ];
    expect(play([...over, { kind: 'extended', run: 1, epochs: 2, scheduleStart: 1 }]).run?.scheduleStart).toBe(1);
  });

  it('shows the mistakes of the restored weights', () => {
    const others = { ...predictions, predicted: Uint16Array.of(1, 1) };
    const { run } = play([...wholeRun, epoch(1, 2), { kind: 'restored', run: 1, epoch: 1, predictions: others }]);
    expect([...run!.mistakes!.index]).toEqual([0]);
    expect(shownResult(run!)?.epoch).toBe(1);
    expect(shownResult({ ...run!, kept: undefined })?.epoch).toBe(2);
  });

  it('cannot be extended if a part of it was lost', () => {
    expect(isExtendable(undefined)).toBe(false);
    expect(isExtendable(play(wholeRun).run)).toBe(false);
    expect(isExtendable(markTrainerLost(play(wholeRun), failure).run)).toBe(false);
  });
});

it('keeps the axis of a run that is stopped, and shows what an opened or early stopped one reached', () => {
  const { run } = play(wholeRun);
  expect(shownEpochs(run!)).toBe(run!.epochs);
  const stopped = play([...wholeRun, { kind: 'finished', run: 1, reason: 'stopped' }]).run!;
  expect(stopped.progress).toBeDefined();
  for (const phase of ['stopped', 'failed', 'lost', 'completed'] as const)
    expect(shownEpochs({ ...stopped, phase })).toBe(run!.epochs);
  // Stopped in the first epoch.
  expect(shownEpochs({ ...stopped, results: [] })).toBe(run!.epochs);
  expect(shownEpochs({ ...stopped, progress: undefined, results: [] })).toBe(run!.epochs);
  expect(shownEpochs({ ...stopped, progress: undefined })).toBe(1);
  expect(shownEpochs({ ...stopped, phase: 'early' })).toBe(Math.ceil(epochsTrained(stopped)));
});
