// The numbers of runs over several starts: with runs of version 0.1, deletions, and a numbers.json that is lost,
// damaged, newer or cannot be read.
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunStore } from '../../../../../src-main/runs/run-store';
import type { RunId } from '../../../../../src-shared/runs/runs';
import { makeFolder } from '../../../../fixtures/folders';
import { newRun, positionAt } from '../../../../fixtures/stored-runs';

const OLD_RUNS = join(import.meta.dirname, '../../../../fixtures/runs-of-0.1/runs');

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

/** Milliseconds since 1970, a minute later with each run. */
let time = new Date(2026, 10, 28, 9).getTime();
const open = () => RunStore.open(folder, () => (time += 60_000));
const file = () => join(folder, 'numbers.json');

async function add(store: RunStore): Promise<{ id: RunId; number: number }> {
  const { id } = await store.begin(newRun(), positionAt(0));
  return store.writeStatus(id, { status: 'completed' });
}

const bytesIn = async (run: string) =>
  Promise.all((await readdir(run)).map(async (name) => [name, await readFile(join(run, name), 'base64')]));

const numbersIn = async (store: RunStore) => (await store.list()).runs.map(({ number }) => number).reverse();

describe('the number of a run', () => {
  it('is the next one, and stays after a restart', async () => {
    const store = await open();
    for (const number of [1, 2, 3]) expect(await add(store)).toMatchObject({ number });
    expect(await numbersIn(await open())).toEqual([1, 2, 3]);
  });

  it('is not given again after its run was deleted for good', async () => {
    const store = await open();
    await add(store);
    await store.delete([(await add(store)).id]);
    await store.cleanUp({ deleted: true, optimizerStates: false });
    expect(await add(store)).toMatchObject({ number: 3 });
    await store.delete([(await add(store)).id]);
    await store.cleanUp({ deleted: true, optimizerStates: false });
    expect(await add(await open())).toMatchObject({ number: 5 });
  });

  it('comes back with a run that is restored', async () => {
    const store = await open();
    const { id } = await add(store);
    await store.delete([id]);
    await add(store);
    const later = await open();
    await later.restore([id]);
    expect(await numbersIn(later)).toEqual([1, 2]);
  });

  it('is left free by a run that could not be begun', async () => {
    const store = await open();
    await add(store);
    await expect(store.begin({ ...newRun(), epochs: 0 }, positionAt(0))).rejects.toThrow();
    expect(await add(store)).toMatchObject({ number: 2 });
  });
});

describe('runs of version 0.1', () => {
  beforeEach(() => cp(OLD_RUNS, folder, { recursive: true }));

  it('are numbered in order of creation, deleted ones too, and their files stay as they are', async () => {
    const before = await bytesIn(join(OLD_RUNS, '20261123-091501-cf554f'));
    const store = await open();
    const { runs } = await store.list();
    const byId = runs.map(({ id, number }) => [id, number]).reverse();
    expect(byId[0]).toEqual(['20261123-091501-cf554f', 1]);
    expect(byId.map(([, number]) => number)).toEqual(
      Array.from({ length: 33 }, (_, k) => k + 1).filter((number) => number !== 30), // the deleted one
    );
    await store.restore(['20261123-091530-c1308b']);
    expect(store.summary('20261123-091530-c1308b').number).toBe(30);
    expect(await bytesIn(join(folder, '20261123-091501-cf554f'))).toEqual(before);
    expect(await add(store)).toMatchObject({ number: 34 });
  });

  it('keep their numbers when the first of them is gone', async () => {
    await (await open()).list();
    await rm(join(folder, '20261123-091501-cf554f'), { recursive: true });
    expect((await numbersIn(await open()))[0]).toBe(2);
  });

  it('get the same numbers again after numbers.json was lost, and new runs keep theirs', async () => {
    const store = await open();
    await add(store);
    const before = await numbersIn(store);
    await rm(file());
    const later = await open();
    expect(await numbersIn(later)).toEqual(before);
    expect(await add(later)).toMatchObject({ number: 35 });
  });
});

describe('a numbers.json', () => {
  it.each([
    ['is damaged', '{"format":1,"nex'],
    ['has no numbers', '{"format":1}'],
    ['holds something else', '[]'],
  ])('that %s is made again from the runs', async (_, text) => {
    const store = await open();
    await add(store);
    await store.delete([(await add(store)).id]);
    await add(store);
    await writeFile(file(), text);
    const later = await open();
    expect(await numbersIn(later)).toEqual([1, 3]);
    expect(await add(later)).toMatchObject({ number: 4 });
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ format: 1, next: 5 });
  });

  it('of a newer version stays as it is, and its numbers count', async () => {
    const store = await open();
    const { id } = await add(store);
    const newer = JSON.stringify({ format: 2, next: 9, numbers: { [id]: 7 }, more: true });
    await writeFile(file(), newer);
    const later = await open();
    expect(await numbersIn(later)).toEqual([7]);
    expect(await add(later)).toMatchObject({ number: 9 });
    expect(await readFile(file(), 'utf8')).toBe(newer);
  });

  it('with one number twice gives it to the first, and the second gets the next', async () => {
    const store = await open();
    const [first, second] = [await add(store), await add(store)];
    await writeFile(file(), JSON.stringify({ format: 1, next: 3, numbers: { [first.id]: 2, [second.id]: 2 } }));
    expect(await numbersIn(await open())).toEqual([2, 3]);
  });
});

it('a run that was copied from another computer gets a number that is free', async () => {
  const store = await open();
  const { id } = await add(store);
  const other = await makeFolder();
  await cp(join(folder, id), join(other.folder, id), { recursive: true });
  const elsewhere = await RunStore.open(other.folder);
  expect(elsewhere.summary(id).number).toBe(1);
  const { id: theirs } = await elsewhere.begin(newRun(), positionAt(0));
  await add(store);
  await cp(join(other.folder, theirs), join(folder, theirs), { recursive: true });
  expect((await open()).summary(theirs).number).toBe(3);
  await other.remove();
});
