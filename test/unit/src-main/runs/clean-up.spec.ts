// Cleaning up leaves out what the optimizer remembers: only of what this version has written, and all of it in the end.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  type TensorFile,
} from '../../../../src-main/formats/safetensors/tensors';
import { RunStore } from '../../../../src-main/runs/run-store';
import type { RunId } from '../../../../src-shared/runs/runs';
import { makeFolder } from '../../../fixtures/folders';
import { refuse, refuseNothing } from '../../../fixtures/refusing-disk';
import { epochRecord, newRun, positionAt } from '../../../fixtures/stored-runs';

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

const open = () => RunStore.open(folder, undefined, async () => undefined);
const OPTIMIZER = { deleted: false, optimizerStates: true };

async function completed(store: RunStore, moments = 1): Promise<RunId> {
  const { id } = await store.begin(newRun(), positionAt(0, { moments }));
  await store.writeEpoch(id, epochRecord(1, { moments }));
  await store.writeStatus(id, { status: 'completed' });
  return id;
}

const last = (id: RunId) => join(folder, id, 'last.safetensors');
const read = async (id: RunId) => [await readFile(last(id)), await readFile(join(folder, id, 'run.json'))];
const tensorsOf = async (id: RunId) => [
  ...decodeSafetensors(new Uint8Array(await readFile(last(id))), 'last').tensors.keys(),
];

async function changeLast(id: RunId, change: (file: TensorFile) => unknown): Promise<void> {
  const file = decodeSafetensors(new Uint8Array(await readFile(last(id))), 'last');
  change(file);
  await writeFile(last(id), encodeSafetensors(file));
}

describe('cleaning up', () => {
  it.each([
    ['of a newer format', ({ metadata }: TensorFile) => (metadata['format'] = '2')],
    [
      'with a tensor that is not known here',
      ({ tensors }: TensorFile) => tensors.set('optimizerAverage.fc1.weight', { shape: [1], data: Float32Array.of(1) }),
    ],
    [
      'with a position that is not known here',
      ({ metadata }: TensorFile) => (metadata['position'] = '{"epoch":"last"}'),
    ],
  ])('leaves a run with weights %s as it is, and cleans the others', async (_, change) => {
    const store = await open();
    const [newer, other] = [await completed(store), await completed(store)];
    await changeLast(newer, change);
    const before = await read(newer);
    await store.cleanUp(OPTIMIZER);
    expect(await read(newer)).toEqual(before);
    expect([newer, other].map((id) => store.summary(id).resumable)).toEqual([true, false]);
  });

  it('leaves a run without a state of the optimizer as it is: it can be extended', async () => {
    const store = await open();
    const id = await completed(store, 0);
    const before = await read(id);
    expect(await store.cleanUp(OPTIMIZER)).toEqual({ bytes: 0 });
    expect([await read(id), store.summary(id).resumable]).toEqual([before, true]);
  });

  it('that ended in its middle is finished by the next', async () => {
    const store = await open();
    const id = await completed(store);
    refuse('rename', /last\.safetensors$/, 'ENOSPC');
    await expect(store.cleanUp(OPTIMIZER)).rejects.toThrow('Not everything could be cleaned up');
    expect(await tensorsOf(id)).toContain('optimizer1.fc1.weight');
    refuseNothing();
    const later = await open();
    expect(later.summary(id).resumable).toBe(false);
    expect((await later.cleanUp(OPTIMIZER)).bytes).toBeGreaterThan(0);
    expect(await tensorsOf(id)).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias']);
    expect(await later.cleanUp(OPTIMIZER)).toEqual({ bytes: 0 });
  });

  it('does all that it can, and says that there was something that it could not', async () => {
    const store = await open();
    const [one, two] = [await completed(store), await completed(store)];
    refuse('readFile', new RegExp(`${one}.last`), 'EIO');
    await expect(store.cleanUp(OPTIMIZER)).rejects.toThrow('the disk reports an error');
    refuseNothing();
    expect([one, two].map((id) => store.summary(id).resumable)).toEqual([true, false]);
  });
});
