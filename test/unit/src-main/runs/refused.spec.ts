// Runs on a disk that refuses access, as Windows does while another program has a file open: nothing is lost or moved.
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { READ_DELAYS } from '../../../../src-main/files/file-retry';
import { readPosition } from '../../../../src-main/runs/read-run';
import { RunFolder } from '../../../../src-main/runs/run-folder';
import { RunDelayed, RunStore } from '../../../../src-main/runs/run-store';
import type { RunId } from '../../../../src-shared/runs/runs';
import { makeFolder } from '../../../fixtures/folders';
import { countedWaits, HELD_CODES, refuse, refuseNothing } from '../../../fixtures/refusing-disk';
import { epochRecord, newRun, positionAt, resultAt } from '../../../fixtures/stored-runs';
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

describe('a new run', () => {
  it.each(HELD_CODES)('appears although its folder is refused its name three times with %s', async (code) => {
    refuse('rename', /\d{8}-\d{6}-[0-9a-f]{6}$/, code, 3);
    const { id } = await store.begin(newRun(), positionAt(0));
    expect((await store.list()).runs.map((run) => run.id)).toEqual([id]);
  });

  it('whose folder stays refused leaves nothing behind', async () => {
    refuse('rename', /\.unfinished-[^/\\]*$/, 'EPERM');
    await expect(store.begin(newRun(), positionAt(0))).rejects.toBeInstanceOf(RunDelayed);
    expect((await readdir(folder)).sort()).toEqual(['deleted', 'set-aside']);
  });
});

describe('at the start', () => {
  it.each([...HELD_CODES, 'EIO', 'EMFILE'])(
    'a run whose run.json cannot be read (%s) stays where it is, and is listed once it can',
    async (code) => {
      const id = await trainedRun(store, 1);
      await store.writeStatus(id, { status: 'completed' });
      refuse('readFile', /run\.json$/, code);
      const later = await open();
      const list = await later.list();
      expect(list.runs).toEqual([]);
      expect(list.setAside).toEqual([
        { name: id, folder: join(folder, id), reason: expect.any(String) as unknown, moved: false },
      ]);
      expect((await readdir(folder)).sort()).toEqual([id, 'deleted', 'numbers.json', 'set-aside'].sort());
      refuseNothing();
      expect(await later.list()).toMatchObject({ runs: [{ id, epochsTrained: 1 }], setAside: [] });
    },
  );

  it('a run.json that is busy for a moment is waited for', async () => {
    const id = await trainedRun(store, 1);
    await store.writeStatus(id, { status: 'completed' });
    refuse('readFile', /run\.json$/, 'EBUSY', 3);
    expect((await (await open()).list()).runs.map((run) => run.id)).toEqual([id]);
    expect(waited).toEqual(READ_DELAYS.slice(0, 3));
  });

  it.each(['ENOSPC', 'EPERM'])(
    'a run that was cut off and cannot be corrected on the disk (%s) is not taken for damaged',
    async (code) => {
      const id = await trainedRun(store, 2);
      refuse('rename', /run\.json$/, code);
      const later = await open();
      expect(await later.list()).toMatchObject({ runs: [], setAside: [{ name: id, moved: false }] });
      refuseNothing();
      expect(await later.list()).toMatchObject({ runs: [{ id, status: 'cut-off', epochsTrained: 2 }], setAside: [] });
    },
  );

  it('what cannot be cleaned up yet is no reason to open nothing', async () => {
    const id = await trainedRun(store, 1);
    await mkdir(join(folder, '.unfinished-20260101-000000-abcdef'));
    await writeFile(join(folder, id, '.last.safetensors.abc.tmp'), 'half');
    const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    refuse('rm', /unfinished|tmp$/, 'EBUSY');
    expect(await (await open()).list()).toMatchObject({ runs: [{ id }], setAside: [] });
    expect(complain).toHaveBeenCalledTimes(2);
    complain.mockRestore();
  });
});

describe('a file that cannot be read is not a file that is missing', () => {
  it('the best weights of a run', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    await store.writeEpoch(id, epochRecord(1, { best: true }));
    refuse('readFile', /best-1\.safetensors$/, 'EBUSY', 3);
    expect((await store.readForTraining(id)).best?.result).toEqual(resultAt(1));
    refuse('readFile', /best-\d+\.safetensors$/, 'EACCES');
    await expect(store.readForTraining(id)).rejects.toMatchObject({
      code: 'run-unreadable',
      message: expect.stringContaining('permission') as unknown,
    });
  });

  it('but best weights that are removed while they are looked for are passed over', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    await store.writeEpoch(id, epochRecord(1, { best: true }));
    await copyFile(join(folder, id, 'best-1.safetensors'), join(folder, id, 'best-0.safetensors'));
    refuse('readFile', /best-1\.safetensors$/, 'ENOENT');
    expect((await store.readForTraining(id)).best?.result).toEqual(resultAt(1)); // those of the other file
    refuse('readFile', /best-0\.safetensors$/, 'ENOENT');
    expect((await store.readForTraining(id)).best).toBeUndefined();
  });

  it('and what needs no best weights does not look at them', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    await store.writeEpoch(id, epochRecord(1, { best: true }));
    refuse('readFile', /best-\d+\.safetensors$/, 'EACCES');
    const { folder: where, summary } = await store.locate(id);
    expect(await readPosition(new RunFolder(where), summary)).toMatchObject({
      summary: { epochsTrained: 1 },
      resume: positionAt(1),
    });
    expect(await store.readPosition(id)).toEqual(await readPosition(new RunFolder(where), summary));
  });
});

describe('deleted runs', () => {
  async function completed(): Promise<RunId> {
    const id = await trainedRun(store, 1);
    await store.writeStatus(id, { status: 'completed' });
    return id;
  }

  it('go and come back although their folder is refused three times', async () => {
    const id = await completed();
    refuse('rename', /deleted/, 'EPERM', 3);
    await store.delete([id]);
    refuse('rename', /deleted/, 'EBUSY', 3);
    await store.restore([id]);
    expect((await store.list()).runs.map((run) => run.id)).toEqual([id]);
  });

  it('whose folder stays refused are still there, and a sentence says what to do', async () => {
    const id = await completed();
    refuse('rename', /deleted/, 'EPERM');
    await expect(store.delete([id])).rejects.toThrow(
      new RegExp(
        String.raw`^The run could not be deleted \(in “.*”\): another program has it open.*` +
          String.raw`Please close programs that have files in this folder open\.$`,
      ),
    );
    expect((await store.read(id)).history).toEqual([resultAt(1)]);
  });

  it('are cleaned up as far as they can be, and the rest is said to be left', async () => {
    const [one, two] = [await completed(), await completed()];
    await store.delete([one, two]);
    refuse('rm', new RegExp(`deleted.${one}$`), 'EBUSY');
    await expect(store.cleanUp({ deleted: true, optimizerStates: false })).rejects.toThrow(
      /^Not everything could be cleaned up .*another program has it open/,
    );
    expect(await readdir(join(folder, 'deleted'))).toEqual([one]);
  });
});
