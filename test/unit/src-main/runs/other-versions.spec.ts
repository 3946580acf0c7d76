// Runs of versions of the app that do not exist: earlier ones that lack something, and later ones that have more.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  type TensorFile,
} from '../../../../src-main/formats/safetensors/tensors';
import { RunStore } from '../../../../src-main/runs/run-store';
import type { RunId } from '../../../../src-shared/runs/runs';
import { makeFolder } from '../../../fixtures/folders';
import { epochRecord, positionAt, storedSettings } from '../../../fixtures/stored-runs';
import { completedRun, filesOf, onlyRun } from '../../../fixtures/written-runs';

let folder: string;
let remove: () => Promise<void>;
let id: RunId;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  id = await completedRun(folder);
});
afterEach(() => remove());

type Json = Record<string, never> & {
  settings: Record<string, unknown>;
  environment: { engine: Record<string, unknown> };
  dataset: Record<string, unknown>;
  result: object;
};

const runFile = () => join(folder, id, 'run.json');
const read = async () => JSON.parse(await readFile(runFile(), 'utf8')) as Json;

async function changeRun(change: (json: Json) => unknown): Promise<void> {
  const json = await read();
  change(json);
  await writeFile(runFile(), JSON.stringify(json));
}

async function changeTensors(name: string, change: (file: TensorFile) => unknown): Promise<void> {
  const path = join(folder, id, name);
  const file = decodeSafetensors(new Uint8Array(await readFile(path)), name);
  change(file);
  await writeFile(path, encodeSafetensors(file));
}

describe('a run of a newer format', () => {
  const newer: [string, () => Promise<void>][] = [
    ['in run.json', () => changeRun((json) => Object.assign(json, { format: 2, id: { of: 'another kind' } }))],
    [
      'in its weights, of a run that was cut off',
      async () => {
        await changeRun((json) => Object.assign(json, { status: 'running' }));
        await changeTensors('last.safetensors', ({ metadata }) => (metadata['format'] = '2'));
      },
    ],
    [
      'by a tensor that is not known here, of a run that was cut off',
      async () => {
        await changeRun((json) => Object.assign(json, { status: 'running' }));
        await changeTensors('last.safetensors', ({ tensors }) =>
          tensors.set('average.fc1.weight', { shape: [1], data: Float32Array.of(1) }),
        );
      },
    ],
  ];

  it.each(newer)('%s is named with a sentence and left where it is, untouched', async (_, change) => {
    await change();
    const before = await filesOf(join(folder, id));
    for (let start = 0; start < 2; start++) {
      const store = await RunStore.open(folder);
      const { runs, setAside } = await store.list();
      expect(runs).toEqual([]);
      expect(setAside).toEqual([
        {
          name: id,
          folder: join(folder, id),
          reason: expect.stringMatching(
            /newer version of the app \(.*\)\. Please open it with that version$/,
          ) as unknown,
          moved: false,
        },
      ]);
    }
    expect(await filesOf(join(folder, id))).toEqual(before);
  });

  it('in its weights alone is in the list, and is not trained', async () => {
    await changeTensors('last.safetensors', ({ metadata }) => (metadata['format'] = '2'));
    const store = await RunStore.open(folder);
    await onlyRun(store);
    await expect(store.readForTraining(id)).rejects.toMatchObject({
      code: 'run-unreadable',
      message: expect.stringContaining('newer version') as unknown,
    });
  });
});

describe('a setting', () => {
  it('that is missing was off', async () => {
    await changeRun(({ settings }) => {
      for (const name of ['shear', 'keep', 'threads']) delete settings[name];
    });
    const store = await RunStore.open(folder);
    expect(await onlyRun(store)).toMatchObject({
      settings: { ...storedSettings, shear: 0, keep: 'last', threads: 0 },
      untrainable: undefined,
    });
    expect((await store.readForTraining(id)).resume.epoch).toBe(1);
    await store.change(id, { star: true });
    expect((await read()).settings).not.toHaveProperty('shear');
  });

  it('that is not known here and is off changes nothing, and stays in the file', async () => {
    await changeRun(({ settings }) => Object.assign(settings, { noise: 0, lookahead: 'none', cutout: false }));
    const store = await RunStore.open(folder);
    expect(await onlyRun(store)).toMatchObject({ settings: storedSettings, untrainable: undefined });
    expect((await onlyRun(store)).settings).not.toHaveProperty('noise');
    await store.writeEpoch(id, epochRecord(2));
    expect((await read()).settings).toMatchObject({ noise: 0, lookahead: 'none', cutout: false });
  });

  it.each([
    ['an optimizer', 'optimizer', 'lion'],
    ['an activation', 'activation', 'swish'],
    ['a setting that is not known here', 'noise', 0.5],
    ['more units than are possible here', 'hidden', [100_000]],
    ['a number beyond its range', 'momentum', 0.9999],
  ])('of a later version leaves its run in the list, with a sentence, and not trained: %s', async (_, name, value) => {
    await changeRun(({ settings }) => Object.assign(settings, { [name]: value }));
    const before = (await read()).settings;
    const store = await RunStore.open(folder);
    const { untrainable } = await onlyRun(store);
    expect(untrainable).toContain(`“${name}” is ${JSON.stringify(value)}, which this version of the app does not know`);
    await expect(store.readForTraining(id)).rejects.toMatchObject({ code: 'refused', message: untrainable });
    expect((await store.read(id)).history).toHaveLength(1);
    await store.change(id, { name: 'renamed', star: true });
    expect((await onlyRun(await RunStore.open(folder))).name).toBe('renamed');
    expect((await read()).settings).toEqual(before);
  });
});

describe('what this version does not know', () => {
  it('stays in run.json, at every place, whatever else is written', async () => {
    await changeRun((json) => {
      Object.assign(json, { mood: { of: ['the', 'person'] } });
      Object.assign(json.environment, { gpu: 'none' });
      Object.assign(json.environment.engine, { simd: 'huge', cache: 12 });
      Object.assign(json.dataset, { colours: 3 });
      Object.assign(json.result, { topFive: 0.99 });
      Object.assign(json, {
        changes: [{ epochs: 1, update: 9, changes: { weightDecay: 0.1, learningRate: 0.2 }, by: 'Ada' }],
      });
    });
    const before = await read();
    const store = await RunStore.open(folder);
    expect(await onlyRun(store)).toMatchObject({
      untrainable: undefined,
      changes: [{ changes: { learningRate: 0.2 } }],
    });
    await store.change(id, { name: 'renamed' });
    expect(await read()).toEqual({ ...before, name: 'renamed' });
  });

  it('of an epoch is not taken for that of another', async () => {
    await changeRun(({ result }) => Object.assign(result, { topFive: 0.99 }));
    const store = await RunStore.open(folder);
    await store.writeEpoch(id, epochRecord(2));
    expect((await read()).result).not.toHaveProperty('topFive');
  });

  it('is kept with the status and the source of the dataset, and the run is not trained', async () => {
    await changeRun((json) => Object.assign(json, { status: 'queued' }));
    const store = await RunStore.open(folder);
    expect(await onlyRun(store)).toMatchObject({
      status: 'stopped',
      untrainable: expect.stringContaining('“queued”') as unknown,
    });
    await changeRun((json) => Object.assign(json.dataset, { source: { kind: 'archive', file: 'digits.zip' } }));
    const later = await RunStore.open(folder);
    await later.change(id, { star: true });
    expect(await read()).toMatchObject({
      status: 'queued',
      star: true,
      dataset: { source: { kind: 'archive', file: 'digits.zip' } },
    });
  });

  it('leaves a run that was cut off to the version that knows it', async () => {
    await changeRun(
      (json) => Object.assign(json, { status: 'running' }) && Object.assign(json.settings, { optimizer: 'lion' }),
    );
    const before = await filesOf(join(folder, id));
    const store = await RunStore.open(folder);
    expect((await onlyRun(store)).status).toBe('cut-off');
    expect(await filesOf(join(folder, id))).toEqual(before);
    await store.change(id, { name: 'renamed' });
    expect(await read()).toMatchObject({ status: 'running', name: 'renamed' });
  });

  it('stays in the history of a run that was cut off', async () => {
    const file = join(folder, id, 'history.jsonl');
    const line = JSON.parse(await readFile(file, 'utf8')) as { result: object };
    Object.assign(line.result, { topFive: 0.99 });
    await writeFile(file, `${JSON.stringify({ ...line, weather: 'rain' })}\n{"torn`);
    await changeRun((json) => Object.assign(json, { status: 'running' }));
    await onlyRun(await RunStore.open(folder));
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...line, weather: 'rain' });
  });

  it('stays in the file of the weights when the optimizer is forgotten', async () => {
    await changeTensors('last.safetensors', ({ metadata }) => Object.assign(metadata, { licence: 'CC0' }));
    const store = await RunStore.open(folder);
    await store.cleanUp({ deleted: false, optimizerStates: true });
    const { metadata, tensors } = decodeSafetensors(
      new Uint8Array(await readFile(join(folder, id, 'last.safetensors'))),
      'last',
    );
    expect(metadata['licence']).toBe('CC0');
    expect([...tensors.keys()]).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias']);
    expect((await store.readForTraining(id)).resume).toEqual({ ...positionAt(1), moments: [] });
  });
});
