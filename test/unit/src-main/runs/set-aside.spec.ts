// Runs that were set aside because they could not be read, and how they are brought back.
import { copyFile, cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunStore } from '../../../../src-main/runs/run-store';
import type { RunId } from '../../../../src-shared/runs/runs';
import { makeFolder } from '../../../fixtures/folders';
import { completedRun, onlyRun } from '../../../fixtures/written-runs';

let folder: string;
let remove: () => Promise<void>;
let id: RunId;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  id = await completedRun(folder);
});
afterEach(() => remove());

type Json = { settings: Record<string, unknown> };

const runFile = () => join(folder, id, 'run.json');
const read = async () => JSON.parse(await readFile(runFile(), 'utf8')) as Json;

async function changeRun(change: (json: Json) => unknown): Promise<void> {
  const json = await read();
  change(json);
  await writeFile(runFile(), JSON.stringify(json));
}

describe('what was set aside', () => {
  it('is listed at every later start, and brought back once it can be read', async () => {
    const good = await readFile(runFile());
    await writeFile(runFile(), '{"format":1}');
    await (await RunStore.open(folder)).list();
    const store = await RunStore.open(folder);
    const { runs, setAside } = await store.list();
    expect(runs).toEqual([]);
    expect(setAside).toMatchObject([{ name: id, reason: 'its run.json is damaged', moved: true }]);
    const aside = setAside[0]!.folder;
    const name = basename(aside);
    await expect(store.bringBack(name)).rejects.toMatchObject({
      code: 'run-unreadable',
      message: `The run ${id} could not be brought back: its run.json is damaged. It stays in ` + `“${aside}”.`,
    });
    await writeFile(join(aside, 'run.json'), good);
    await store.bringBack(name);
    expect(await onlyRun(store)).toMatchObject({ id, epochsTrained: 1 });
  });

  it('by version 0.1, because of a setting that it did not know, can be brought back', async () => {
    await changeRun(({ settings }) => delete settings['shear']);
    const name = `${id}-012345`;
    await rename(join(folder, id), join(folder, 'set-aside', name));
    const store = await RunStore.open(folder);
    expect((await store.list()).setAside).toMatchObject([{ name: id, reason: 'this version of the app may read it' }]);
    await store.bringBack(name);
    await onlyRun(store);
  });

  it('does not come over a run that is there, and nothing else in its folder is looked at', async () => {
    const name = `${id}-012345`;
    await cp(join(folder, id), join(folder, 'set-aside', name), { recursive: true });
    await mkdir(join(folder, 'set-aside', 'holiday pictures'));
    const store = await RunStore.open(folder);
    expect((await store.list()).setAside).toHaveLength(1);
    await expect(store.bringBack(name)).rejects.toMatchObject({
      message: expect.stringContaining('there is a run of this name already') as unknown,
    });
    await copyFile(runFile(), join(folder, 'set-aside', 'run.json'));
    expect((await RunStore.open(folder)).summary(id)).toBeDefined();
  });
});
