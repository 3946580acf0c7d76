// What the keeper does when a run cannot be written: it goes on with the run as long as that makes sense, and says so.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunKeeper } from '../../../../src-main/runs/run-keeper';
import { RunStore } from '../../../../src-main/runs/run-store';
import type { RunReport } from '../../../../src-main/supervisor/supervised-trainer';
import { UnfinishedWork } from '../../../../src-main/files/unfinished-work';
import type { RunNotice } from '../../../../src-shared/contract';
import { makeFolder } from '../../../fixtures/folders';
import { refuse, refuseNothing } from '../../../fixtures/refusing-disk';
import { epochRecord, newRun, positionAt, resultAt } from '../../../fixtures/stored-runs';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

const RUN = 7;
const { environment, dataset, settings } = newRun();

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(async () => {
  refuseNothing();
  await remove();
});

/** Resolves as soon as something happens that makes the condition true. */
class Happenings {
  private readonly waiting = new Set<() => void>();

  happened(): void {
    for (const check of this.waiting) check();
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!condition()) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
      check();
    });
  }
}

/** A keeper whose pauses between two tries last until the test ends them. */
async function stage() {
  const notices: RunNotice[] = [];
  const stop = vi.fn();
  const happenings = new Happenings();
  let time = 0;
  let pause: { milliseconds: number; end: () => void } | undefined;
  const unfinished = new UnfinishedWork();
  const store = await RunStore.open(folder, undefined, async () => undefined);
  const keeper = new RunKeeper({
    store: Promise.resolve(store),
    environment,
    notify(notice) {
      notices.push(notice);
      happenings.happened();
    },
    stop,
    unfinished,
    now: () => time,
    wait: (milliseconds) =>
      new Promise<void>((end) => {
        pause = { milliseconds, end };
        happenings.happened();
      }),
  });
  const paused = () => happenings.until(() => pause !== undefined);
  keeper.expect(RUN, { settings, dataset });
  keeper.follow(RUN);
  keeper.handleReport({ kind: 'began', run: RUN, engine: environment.engine, position: positionAt(0) });
  return {
    keeper,
    store,
    stop,
    unfinished,
    notices,
    messages: () => notices.flatMap((notice) => (notice.kind === 'run-not-saved' ? [notice.message] : [])),
    endEpoch: (epoch: number) =>
      keeper.handleReport({
        kind: 'checkpoint',
        checkpoint: { run: RUN },
        epoch: epochRecord(epoch, { best: epoch === 2 }),
      } as RunReport),
    paused,
    async endPause(): Promise<void> {
      await paused();
      const { milliseconds, end } = pause!;
      pause = undefined;
      time += milliseconds;
      end();
    },
    until: (kind: RunNotice['kind'], count = 1) =>
      happenings.until(() => notices.filter((notice) => notice.kind === kind).length >= count),
    async onlyRun() {
      const [run] = (await store.list()).runs;
      return run!;
    },
  };
}

describe('a run whose epoch is refused', () => {
  it('once goes on, and nothing is said', async () => {
    const { endEpoch, until, onlyRun, store, stop, messages } = await stage();
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'EPERM', 1);
    endEpoch(1);
    await until('run-changed', 2);
    expect((await store.read((await onlyRun()).id)).history).toEqual([resultAt(1)]);
    expect([stop.mock.calls, messages()]).toEqual([[], []]);
  });

  it('for longer goes on, says so once, and is written with the next epoch', async () => {
    const { endEpoch, until, onlyRun, store, stop, messages, endPause } = await stage();
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'EPERM');
    endEpoch(1);
    await until('run-not-saved');
    endEpoch(2);
    await until('run-changed', 2);
    expect((await onlyRun()).epochsTrained).toBe(0);
    refuseNothing();
    endEpoch(3);
    await until('run-changed', 3);
    const { record, resume, best } = await store.readForTraining((await onlyRun()).id);
    expect([record.history, resume, best?.result]).toEqual([[1, 2, 3].map(resultAt), positionAt(3), resultAt(2)]);
    await endPause();
    await until('run-saved');
    expect(stop).not.toHaveBeenCalled();
    expect(messages()).toEqual([
      expect.stringMatching(
        /another program has it open.*Training continues: its newest epochs wait in memory, and the app tries again every few seconds\.$/,
      ),
    ]);
  });

  it('and then ends is written without another epoch', async () => {
    const { keeper, endEpoch, until, onlyRun, stop, endPause } = await stage();
    await until('run-changed');
    refuse('rename', /\.(?:safetensors|json)$/, 'EACCES');
    endEpoch(1);
    await until('run-not-saved');
    keeper.follow(undefined);
    keeper.handleReport({ kind: 'ended', run: RUN, reason: 'completed', message: undefined });
    await until('run-changed', 2);
    refuseNothing();
    await endPause();
    await until('run-saved');
    expect(await onlyRun()).toMatchObject({ status: 'completed', epochsTrained: 1 });
    expect(stop).not.toHaveBeenCalled();
  });

  it('for ten minutes is stopped, and what could be written is', async () => {
    const { endEpoch, until, stop, messages, endPause } = await stage();
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'EPERM');
    endEpoch(1);
    for (let pause = 0; pause < 119; pause++) await endPause();
    expect(stop).not.toHaveBeenCalled();
    await endPause();
    await until('run-not-saved', 2);
    expect(stop).toHaveBeenCalledTimes(1);
    expect(messages()[1]).toMatch(/Training was stopped\.$/);
  });

  it('by a full disk is stopped at once', async () => {
    const { endEpoch, until, stop, messages } = await stage();
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'ENOSPC');
    endEpoch(1);
    await until('run-not-saved');
    expect(stop).toHaveBeenCalledTimes(1);
    expect(messages()).toEqual([expect.stringMatching(/the disk is full.*Training was stopped\.$/)]);
  });
});

describe('a run whose epochs wait for another program, and whose disk then is full', () => {
  it('is said to be on disk again only when all of it is', async () => {
    const { endEpoch, until, onlyRun, store, stop, messages, notices, endPause, paused } = await stage();
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'EBUSY', 9);
    endEpoch(1);
    await until('run-not-saved');
    await paused();
    refuse('rename', /last\.safetensors$/, 'ENOSPC');
    endEpoch(2);
    await until('run-not-saved', 2);
    expect(stop).toHaveBeenCalledTimes(1);
    await endPause();
    await until('run-not-saved', 3);
    expect(messages().slice(1)).toEqual(Array(2).fill(expect.stringMatching(/the disk is full/)));
    expect(notices.filter(({ kind }) => kind === 'run-saved')).toEqual([]);
    refuseNothing();
    await store.settle();
    expect((await store.readForTraining((await onlyRun()).id)).resume).toEqual(positionAt(2));
  });

  it('has one loop that tries again, whatever else fails meanwhile', async () => {
    const { endEpoch, until, messages, notices, endPause, paused } = await stage();
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'EBUSY', 9);
    endEpoch(1);
    await paused();
    refuse('rename', /last\.safetensors$/, 'ENOSPC', 1);
    endEpoch(2);
    await until('run-not-saved', 2);
    refuse('rename', /last\.safetensors$/, 'EBUSY');
    const changes = notices.filter(({ kind }) => kind === 'run-changed').length;
    endEpoch(3);
    await until('run-changed', changes + 1);
    expect(messages()).toHaveLength(2); // the loop has told already that it tries again
    refuseNothing();
    await endPause();
    await until('run-saved');
  });
});

it('a run that ended on a full disk is told to have ended, so that it can be deleted', async () => {
  const { keeper, endEpoch, until, notices, store, onlyRun } = await stage();
  await until('run-changed');
  refuse('rename', /last\.safetensors$/, 'ENOSPC');
  endEpoch(1);
  await until('run-not-saved');
  keeper.handleReport({ kind: 'ended', run: RUN, reason: 'stopped', message: undefined });
  await until('run-not-saved', 2);
  await until('run-changed', 3);
  expect(notices.at(-1)).toMatchObject({ kind: 'run-changed', run: { status: 'stopped', epochsTrained: 0 } });
  await store.delete([(await onlyRun()).id]);
});

describe('a run whose folder is refused', () => {
  it('at its beginning goes on, and its epochs are written as soon as the folder is there', async () => {
    refuse('rename', /\.unfinished-[^/\\]*$/, 'EPERM');
    const { endEpoch, until, onlyRun, store, stop, endPause, paused } = await stage();
    const write = vi.spyOn(store, 'writeEpochs');
    for (let epoch = 1; epoch <= 20; epoch++) endEpoch(epoch);
    await paused();
    refuseNothing();
    await endPause();
    await until('run-changed', 2);
    const { record, resume, best } = await store.readForTraining((await onlyRun()).id);
    expect([record.history, resume, best?.result]).toEqual([
      Array.from({ length: 20 }, (_, k) => resultAt(k + 1)),
      positionAt(20),
      resultAt(2),
    ]);
    expect(write).toHaveBeenCalledTimes(1); // so no more than two epochs were held in memory
    expect(stop).not.toHaveBeenCalled();
  });

  it('in its beginning, has no epoch overtake what was reported before it', async () => {
    refuse('rename', /\.unfinished-[^/\\]*$/, 'EPERM');
    const { keeper, endEpoch, until, onlyRun, store, endPause, paused } = await stage();
    endEpoch(1);
    keeper.handleReport({
      kind: 'restored',
      run: RUN,
      result: resultAt(1),
      position: { ...positionAt(1), restored: 1 },
    });
    endEpoch(2);
    await paused();
    refuseNothing();
    await endPause();
    await until('run-changed', 4);
    expect((await store.readForTraining((await onlyRun()).id)).resume).toEqual(positionAt(2));
  });
});

it('a run that has ended and cannot be written does not stop the one that is trained now', async () => {
  const { keeper, until, stop, messages } = await stage();
  await until('run-changed');
  keeper.follow(RUN + 1);
  refuse('rename', /run\.json$/, 'ENOSPC');
  keeper.handleReport({ kind: 'ended', run: RUN, reason: 'completed', message: undefined });
  await until('run-not-saved');
  expect(stop).not.toHaveBeenCalled();
  expect(messages()[0]).not.toContain('Training was stopped');
});

describe('the app that ends meanwhile', () => {
  it('waits for a run of which nothing is on the disk yet, and for all that was reported of it', async () => {
    refuse('rename', /.unfinished-/, 'EPERM');
    const { keeper, endEpoch, until, onlyRun, unfinished, paused, endPause } = await stage();
    await until('run-not-saved');
    endEpoch(1);
    endEpoch(2);
    keeper.follow(undefined);
    keeper.handleReport({ kind: 'ended', run: RUN, reason: 'stopped', message: undefined });
    expect(unfinished.what).toEqual(['the run “6-4-3, sgd, 0.1”']);
    let ended = false;
    const ending = unfinished.finished().then((lost) => ((ended = true), lost));
    await endPause();
    await paused();
    expect(ended).toBe(false);
    refuseNothing();
    await endPause();
    expect(await ending).toEqual([]);
    expect(await onlyRun()).toMatchObject({ status: 'stopped', epochsTrained: 2, result: resultAt(2) });
  });

  it('waits for the last epoch and for how the run ended, and learns what could not be written', async () => {
    const { endEpoch, until, unfinished } = await stage();
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'ENOSPC');
    endEpoch(1);
    expect(await unfinished.finished()).toEqual([expect.stringContaining('the disk is full') as unknown]);
  });
});
