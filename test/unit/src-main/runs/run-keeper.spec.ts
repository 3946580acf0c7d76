// What the keeper does if a run cannot be written: training continues as long as that makes sense, and the page is
// notified.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder } from '../../../fixtures/folders';
import { KEPT_RUN, keeperStage } from '../../../fixtures/keeper-stage';
import { refuse, refuseNothing } from '../../../fixtures/refusing-disk';
import { positionAt, resultAt } from '../../../fixtures/stored-runs';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(async () => {
  refuseNothing();
  await remove();
});

describe('a run whose epoch is refused', () => {
  it('once continues, and nothing is reported', async () => {
    const { endEpoch, until, onlyRun, store, stop, messages } = await keeperStage(folder);
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'EPERM', 1);
    endEpoch(1);
    await until('run-changed', 2);
    expect((await store.read((await onlyRun()).id)).history).toEqual([resultAt(1)]);
    expect([stop.mock.calls, messages()]).toEqual([[], []]);
  });

  it('for longer continues, is reported once, and is written with the next epoch', async () => {
    const { endEpoch, until, onlyRun, store, stop, messages, endPause } = await keeperStage(folder);
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
        new RegExp(
          String.raw`another program has it open.*Training continues: its newest epochs wait in memory, ` +
            String.raw`and the app tries again every few seconds\.$`,
        ),
      ),
    ]);
  });

  it('and then ends is written without another epoch', async () => {
    const { keeper, endEpoch, until, onlyRun, stop, endPause } = await keeperStage(folder);
    await until('run-changed');
    refuse('rename', /\.(?:safetensors|json)$/, 'EACCES');
    endEpoch(1);
    await until('run-not-saved');
    keeper.follow(undefined);
    keeper.handleReport({ kind: 'ended', run: KEPT_RUN, reason: 'completed', message: undefined });
    await until('run-changed', 2);
    refuseNothing();
    await endPause();
    await until('run-saved');
    expect(await onlyRun()).toMatchObject({ status: 'completed', epochsTrained: 1 });
    expect(stop).not.toHaveBeenCalled();
  });

  it('for ten minutes is stopped', async () => {
    const { endEpoch, until, stop, messages, endPause } = await keeperStage(folder);
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
    const { endEpoch, until, stop, messages } = await keeperStage(folder);
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'ENOSPC');
    endEpoch(1);
    await until('run-not-saved');
    expect(stop).toHaveBeenCalledTimes(1);
    expect(messages()).toEqual([expect.stringMatching(/the disk is full.*Training was stopped\.$/)]);
  });
});

describe('a run whose epochs wait for another program, and whose disk then is full', () => {
  it('is reported to be on disk again only when all of it is', async () => {
    const { endEpoch, until, onlyRun, store, stop, messages, notices, endPause, paused } = await keeperStage(folder);
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
    const { endEpoch, until, messages, notices, endPause, paused } = await keeperStage(folder);
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
    expect(messages()).toHaveLength(2); // the loop has reported already that it tries again
    refuseNothing();
    await endPause();
    await until('run-saved');
  });
});

it('a run that ended on a full disk is reported to have ended, so that it can be deleted', async () => {
  const { keeper, endEpoch, until, notices, store, onlyRun } = await keeperStage(folder);
  await until('run-changed');
  refuse('rename', /last\.safetensors$/, 'ENOSPC');
  endEpoch(1);
  await until('run-not-saved');
  keeper.handleReport({ kind: 'ended', run: KEPT_RUN, reason: 'stopped', message: undefined });
  await until('run-not-saved', 2);
  await until('run-changed', 3);
  expect(notices.at(-1)).toMatchObject({ kind: 'run-changed', run: { status: 'stopped', epochsTrained: 0 } });
  await store.delete([(await onlyRun()).id]);
});

describe('a run whose folder is refused', () => {
  it('at its beginning continues, and its epochs are written once the folder exists', async () => {
    refuse('rename', /\.unfinished-[^/\\]*$/, 'EPERM');
    const { endEpoch, until, onlyRun, store, stop, endPause, paused } = await keeperStage(folder);
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

  it('at its beginning writes reports in their order', async () => {
    refuse('rename', /\.unfinished-[^/\\]*$/, 'EPERM');
    const { keeper, endEpoch, until, onlyRun, store, endPause, paused } = await keeperStage(folder);
    endEpoch(1);
    keeper.handleReport({
      kind: 'restored',
      run: KEPT_RUN,
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

it('a run that has ended and cannot be written does not stop the one that is training now', async () => {
  const { keeper, until, stop, messages } = await keeperStage(folder);
  await until('run-changed');
  keeper.follow(KEPT_RUN + 1);
  refuse('rename', /run\.json$/, 'ENOSPC');
  keeper.handleReport({ kind: 'ended', run: KEPT_RUN, reason: 'completed', message: undefined });
  await until('run-not-saved');
  expect(stop).not.toHaveBeenCalled();
  expect(messages()[0]).not.toContain('Training was stopped');
});

describe('the app that quits meanwhile', () => {
  it('waits for a run that is not on disk yet, and for all its reports', async () => {
    refuse('rename', /.unfinished-/, 'EPERM');
    const { keeper, endEpoch, until, onlyRun, unfinished, paused, endPause } = await keeperStage(folder);
    await until('run-not-saved');
    endEpoch(1);
    endEpoch(2);
    keeper.follow(undefined);
    keeper.handleReport({ kind: 'ended', run: KEPT_RUN, reason: 'stopped', message: undefined });
    expect(unfinished.what).toEqual(['the run “6-4-3, SGD 0.1”']);
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

  it('waits for the last epoch and the end of the run, and reports what could not be written', async () => {
    const { endEpoch, until, unfinished } = await keeperStage(folder);
    await until('run-changed');
    refuse('rename', /last\.safetensors$/, 'ENOSPC');
    endEpoch(1);
    expect(await unfinished.finished()).toEqual([expect.stringContaining('the disk is full') as unknown]);
  });
});
