// Ends of epochs on a disk that refuses writes, as Windows does while another program has a file open: nothing is lost.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WRITE_DELAYS } from '../../../../src-main/files/file-retry';
import { RunDelayed, RunStore } from '../../../../src-main/runs/run-store';
import { makeFolder } from '../../../fixtures/folders';
import { countedWaits, HELD_CODES, refuse, refuseNothing } from '../../../fixtures/refusing-disk';
import { epochRecord, positionAt, resultAt } from '../../../fixtures/stored-runs';
import { trainedRun } from '../../../fixtures/written-runs';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

let folder: string;
let remove: () => Promise<void>;
let store: RunStore;
let { wait, waited } = countedWaits();
const open = () => RunStore.open(folder, undefined, wait);

beforeEach(async () => {
  ({ wait, waited } = countedWaits());
  ({ folder, remove } = await makeFolder());
  store = await open();
});
afterEach(async () => {
  refuseNothing();
  await remove();
});

describe('the end of an epoch', () => {
  it.each(HELD_CODES)('that is refused once with %s is written a moment later', async (code) => {
    const id = await trainedRun(store, 1);
    refuse('rename', /last\.safetensors$/, code, 1);
    await expect(store.writeEpoch(id, epochRecord(2))).resolves.toMatchObject({ epochsTrained: 2 });
    expect(waited).toEqual([WRITE_DELAYS[0]]);
  });

  it.each(['last.safetensors', 'best-2.safetensors', 'predictions.safetensors', 'run.json'])(
    'that stays refused because %s is open waits, and is written with the next one',
    async (name) => {
      const id = await trainedRun(store, 1);
      refuse('rename', new RegExp(`${name}$`), 'EPERM');
      for (const epoch of [2, 3]) {
        const error = await store
          .writeEpoch(id, epochRecord(epoch, { best: epoch === 2 }))
          .catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(RunDelayed);
        expect((error as Error).message).toMatch(
          new RegExp(
            String.raw`^The run could not be written \(in “.*”\): another program has it open.*` +
              String.raw`What was written before is still there\. Please close programs`,
          ),
        );
      }
      expect(store.summary(id).epochsTrained).toBe(1);
      refuseNothing();
      await expect(store.writeEpoch(id, epochRecord(4))).resolves.toMatchObject({
        epochsTrained: 4,
        seconds: 4 * 0.25,
        result: resultAt(4),
      });
      const { record, resume, best } = await (await open()).readForTraining(id);
      expect(record.history).toEqual([1, 2, 3, 4].map(resultAt));
      expect(resume).toEqual(positionAt(4));
      expect(best).toEqual({ layers: positionAt(2).layers, result: resultAt(2) });
    },
  );

  it('waits too if its history cannot be opened, and nothing is written twice', async () => {
    const id = await trainedRun(store, 1);
    refuse('open', /history\.jsonl$/, 'EBUSY');
    await expect(store.writeEpoch(id, epochRecord(2))).rejects.toBeInstanceOf(RunDelayed);
    refuseNothing();
    await store.catchUp(id);
    expect((await readFile(join(folder, id, 'history.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(2);
    expect((await store.read(id)).history).toEqual([1, 2].map(resultAt));
  });

  it('is followed by what came after it: the best weights and how the run ended', async () => {
    const id = await trainedRun(store, 1);
    refuse('rename', /last\.safetensors$/, 'EPERM');
    await expect(store.writeEpoch(id, epochRecord(2))).rejects.toBeInstanceOf(RunDelayed);
    await expect(
      store.writePosition(id, { ...positionAt(1), restored: 1 }, { result: resultAt(1) }),
    ).rejects.toBeInstanceOf(RunDelayed);
    await expect(store.writeStatus(id, { status: 'completed', message: undefined })).rejects.toBeInstanceOf(RunDelayed);
    refuseNothing();
    await store.settle(); // as the app does before it ends
    const later = await open();
    expect(later.summary(id)).toMatchObject({ status: 'completed', epochsTrained: 2, result: resultAt(1) });
    expect((await later.readForTraining(id)).resume).toMatchObject({ restored: 1, layers: positionAt(1).layers });
  });

  it('that comes after best weights that could not be put back yet is where the run stands', async () => {
    const id = await trainedRun(store, 1);
    refuse('rename', /last\.safetensors$/, 'EPERM');
    await expect(
      store.writePosition(id, { ...positionAt(1), restored: 1 }, { result: resultAt(1) }),
    ).rejects.toBeInstanceOf(RunDelayed);
    await expect(store.writeEpoch(id, epochRecord(2))).rejects.toBeInstanceOf(RunDelayed);
    refuseNothing();
    await expect(store.catchUp(id)).resolves.toMatchObject({ epochsTrained: 2, result: resultAt(2) });
    expect((await store.readForTraining(id)).resume).toEqual(positionAt(2));
  });

  it('that waits is written before the run is opened again, or else the previous epoch is opened', async () => {
    const id = await trainedRun(store, 1);
    refuse('rename', /last\.safetensors$/, 'EPERM');
    await expect(store.writeEpoch(id, epochRecord(2))).rejects.toBeInstanceOf(RunDelayed);
    expect((await store.readForTraining(id)).resume).toEqual(positionAt(1));
    refuseNothing();
    expect((await store.readForTraining(id)).resume).toEqual(positionAt(2));
  });

  it.each(['EACCES', 'EPERM'])('does not wait for a permission that is missing (%s)', async (code) => {
    const id = await trainedRun(store, 1);
    refuse('open', /tmp$/, code);
    const error = await store.writeEpoch(id, epochRecord(2)).catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(RunDelayed);
    expect((error as Error).message).toContain('the permission to open it is missing');
  });

  it('that does not fit on a full disk is not tried again by itself, but stays in memory until it does', async () => {
    const id = await trainedRun(store, 1);
    refuse('rename', /last\.safetensors$/, 'ENOSPC');
    const error = await store.writeEpoch(id, epochRecord(2)).catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(RunDelayed);
    expect(error).toMatchObject({
      code: 'run-not-saved',
      message: expect.stringContaining('the disk is full') as unknown,
    });
    expect(waited).toEqual([]);
    await expect(store.writeStatus(id, { status: 'stopped' })).rejects.toMatchObject({ code: 'run-not-saved' });
    // so that it can be deleted
    expect((await open()).summary(id)).toMatchObject({ status: 'stopped', epochsTrained: 1 });
    await expect(store.catchUp(id)).rejects.toMatchObject({ code: 'run-not-saved' });
    refuseNothing();
    await expect(store.catchUp(id)).resolves.toMatchObject({ status: 'stopped', epochsTrained: 2 });
    expect((await (await open()).readForTraining(id)).resume).toEqual(positionAt(2));
  });

  it.each(['ENOSPC', 'EIO'])('that waits for another program is still there after another error (%s)', async (code) => {
    const id = await trainedRun(store, 1);
    refuse('rename', /last\.safetensors$/, 'EBUSY', 9);
    await expect(store.writeEpoch(id, epochRecord(2))).rejects.toBeInstanceOf(RunDelayed);
    refuse('rename', /last\.safetensors$/, code);
    for (let tries = 0; tries < 2; tries++) {
      const error = await store.catchUp(id).catch((reason: unknown) => reason);
      expect([error instanceof RunDelayed, error]).toEqual([false, expect.objectContaining({ code: 'run-not-saved' })]);
    }
    refuseNothing();
    await expect(store.catchUp(id)).resolves.toMatchObject({ epochsTrained: 2 });
  });

  it('that could not be read again does not discard what waits, and the run is not reported as complete', async () => {
    const id = await trainedRun(store, 1);
    refuse('rename', /last\.safetensors$/, 'EBUSY', 9);
    await expect(store.writeEpoch(id, epochRecord(2))).rejects.toBeInstanceOf(RunDelayed);
    const wrong = { ...epochRecord(3), resume: { ...positionAt(3), order: [1, 2, 3] } };
    await expect(store.writeEpoch(id, wrong)).rejects.toMatchObject({
      code: 'run-not-saved',
      message: expect.stringContaining('“order”') as unknown,
    });
    await expect(store.catchUp(id)).rejects.toMatchObject({ message: expect.stringContaining('“order”') as unknown });
    expect((await (await open()).readForTraining(id)).resume).toEqual(positionAt(2));
  });
});

it('the end of an epoch waits for a file that the system does not replace: a mount point', async (context) => {
  const id = await trainedRun(store, 1);
  const last = join(folder, id, 'last.safetensors');
  try {
    execFileSync('mount', ['--bind', last, last], { stdio: 'ignore' });
  } catch {
    return context.skip('nothing can be mounted here: that takes root on Linux');
  }
  try {
    await expect(store.writeEpoch(id, epochRecord(2))).rejects.toBeInstanceOf(RunDelayed);
    expect(waited).toEqual(WRITE_DELAYS);
  } finally {
    execFileSync('umount', [last]);
  }
  await expect(store.writeEpoch(id, epochRecord(3))).resolves.toMatchObject({ epochsTrained: 3 });
  expect((await store.read(id)).history).toEqual([1, 2, 3].map(resultAt));
});
