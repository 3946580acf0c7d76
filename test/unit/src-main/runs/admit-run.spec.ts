// Which runs are moved out of the way, and which stay exactly where they are: only what is known to be damaged is
// moved.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  type TensorFile,
} from '../../../../src-main/formats/safetensors/tensors';
import { isDamage, whyUnreadable } from '../../../../src-main/runs/admit-run';
import { RunStore } from '../../../../src-main/runs/run-store';
import { StudioError } from '../../../../src-shared/errors';
import type { RunId } from '../../../../src-shared/runs/runs';
import { makeFolder } from '../../../fixtures/folders';
import { refuse, refuseNothing } from '../../../fixtures/refusing-disk';
import { epochRecord, newRun, positionAt } from '../../../fixtures/stored-runs';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

let folder: string;
let remove: () => Promise<void>;
let id: RunId;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  const store = await RunStore.open(folder);
  ({ id } = await store.begin(newRun(), positionAt(0)));
  await store.writeEpoch(id, epochRecord(1, { best: true })); // and then the app ended: it is still running
});
afterEach(async () => {
  refuseNothing();
  await remove();
});

type Json = Record<string, unknown>;
const file = (name: string) => join(folder, id, name);

/** @param path such as result.testLoss. @param value undefined: it is missing */
function put(json: Json, path: string, value: unknown): void {
  const [name, ...rest] = path.split('.');
  if (rest.length > 0) put(json[name!] as Json, rest.join('.'), value);
  else if (value === undefined) delete json[name!];
  else json[name!] = value;
}

async function changeRun(path: string, value: unknown): Promise<void> {
  const json = JSON.parse(await readFile(file('run.json'), 'utf8')) as Json;
  put(json, path, value);
  await writeFile(file('run.json'), JSON.stringify(json));
}

async function changeLast(change: (last: TensorFile) => unknown): Promise<void> {
  const last = decodeSafetensors(new Uint8Array(await readFile(file('last.safetensors'))), 'last');
  change(last);
  await writeFile(file('last.safetensors'), encodeSafetensors(last));
}

function changeMetadata(name: string, path: string, value: unknown): Promise<void> {
  return changeLast(({ metadata }) => {
    const json = JSON.parse(metadata[name]!) as Json;
    put(json, path, value);
    metadata[name] = JSON.stringify(json);
  });
}

async function contents(): Promise<Record<string, string>> {
  const names = await readdir(join(folder, id));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(file(name))).toString('hex')] as const)),
  );
}

/** At two starts of the app. */
async function expectLeft(reason: RegExp): Promise<void> {
  const before = await contents();
  for (let start = 0; start < 2; start++) {
    const { runs, setAside } = await (await RunStore.open(folder)).list();
    expect(runs).toEqual([]);
    expect(setAside).toEqual([
      { name: id, folder: join(folder, id), reason: expect.stringMatching(reason) as unknown, moved: false },
    ]);
  }
  expect(await contents()).toEqual(before);
}

describe('a run of another version stays where it is, untouched, and is named with a sentence', () => {
  it.each([
    ['settings.momentum', undefined],
    ['settings.learningRate', 'auto'],
    ['settings.activation', { kind: 'relu', slope: 0.1 }],
    ['settings', [1]],
    ['star', undefined],
    ['star', 3],
    ['result.testLoss', undefined],
    ['environment.engine.firstLayer', undefined],
    ['dataset.classNames', 'many'],
    ['created', 'today'],
    ['changes', {}],
    ['format', undefined],
  ])('if in run.json %s is %j', async (path, value) => {
    await changeRun(path, value);
    await expectLeft(
      new RegExp(
        `^“${path.split('.')[0]}[^”]*” of run\\.json is not what this version of the app writes\\. .*open it ` +
          'with the version that wrote it$',
      ),
    );
  });

  it.each(['2.0-beta', { major: 2 }, null])('if its format is %j', async (format) => {
    await changeRun('format', format);
    await expectLeft(/newer version of the app \(format .*, where this one knows 1\)/);
  });

  it.each([
    ['position', 'settings.momentum', undefined],
    ['position', 'settings.learningRate', 'auto'],
    ['position', 'order', [1, 2]],
    ['position', 'epoch', undefined],
    ['progress', 'environment.engine.firstLayer', undefined],
    ['progress', 'result.testLoss', 'low'],
  ])('if it is still running, and in the %s of its weights %s is %j', async (name, path, value) => {
    await changeMetadata(name, path, value);
    await expectLeft(
      new RegExp(`^“${name}\\.${path.split('.')[0]}.*last\\.safetensors” is not what this version of the app writes`),
    );
  });

  it.each([
    ['keep no position', ({ metadata }: TensorFile) => delete metadata['position']],
    ['have a format that is no number', ({ metadata }: TensorFile) => (metadata['format'] = '2.0-beta')],
    ['have a layer without a bias', ({ tensors }: TensorFile) => tensors.delete('fc2.bias')],
    ['have no layer', ({ tensors }: TensorFile) => tensors.clear()],
    [
      'have a layer of another shape',
      ({ tensors }: TensorFile) => tensors.set('fc1.bias', { shape: [2, 2], data: new Float32Array(4) }),
    ],
    [
      'are numbers of another type',
      ({ tensors }: TensorFile) => tensors.set('fc1.bias', { shape: [4], data: new Uint16Array(4) }),
    ],
  ])('if it is still running, and its weights %s', async (_, change) => {
    await changeLast(change);
    await expectLeft(/version/);
  });

  it('if it is still running, and its weights are of a type that is not known here', async () => {
    const bytes = await readFile(file('last.safetensors'));
    await writeFile(
      file('last.safetensors'),
      Buffer.from(bytes.toString('latin1').replace('"F32"', '"I32"'), 'latin1'),
    );
    await expectLeft(/of the type I32, which this version of the app does not know/);
  });
});

describe('a run is moved out of the way', () => {
  it.each([
    ['its run.json is no JSON', () => writeFile(file('run.json'), '{"format":1,')],
    ['its run.json is no object', () => writeFile(file('run.json'), '[1]')],
    ['its run.json belongs to another run', () => changeRun('id', '20260101-000000-abcdef')],
    ['its run.json is missing', () => rm(file('run.json'))],
    ['its weights are missing', () => rm(file('last.safetensors'))],
    [
      'its weights are torn',
      async () => writeFile(file('last.safetensors'), (await readFile(file('last.safetensors'))).subarray(0, 700)),
    ],
    ['the position of its weights is no JSON', () => changeLast(({ metadata }) => (metadata['position'] = '{"epo'))],
  ])('if %s', async (_, damage) => {
    await damage();
    expect((await (await RunStore.open(folder)).list()).setAside).toMatchObject([{ name: id, moved: true }]);
  });
});

describe('an error that says nothing about the files', () => {
  it.each([
    [new RangeError('Array buffer allocation failed'), 'there is not enough memory to read it'],
    [
      Object.assign(new RangeError('File size (2147483648) is greater than 2 GiB'), { code: 'ERR_FS_FILE_TOO_LARGE' }),
      'it is larger than this app can read',
    ],
    [
      Object.assign(new Error('Cannot create a string longer than 0x1fffffe8 characters'), {
        code: 'ERR_STRING_TOO_LONG',
      }),
      'Cannot create a string longer than 0x1fffffe8 characters',
    ],
    [new TypeError('a fault of the app'), 'a fault of the app'],
    [new StudioError('run-not-saved', 'It could not be written.'), 'It could not be written.'],
    [Object.assign(new Error('refused'), { code: 'EIO' }), 'the disk reports an error'],
  ])('is no damage: %s', (error, reason) => {
    expect([isDamage(error), whyUnreadable(error)]).toEqual([false, reason]);
  });

  it.each(['ERR_FS_FILE_TOO_LARGE', 'ERR_STRING_TOO_LONG'])('moves no run (%s)', async (code) => {
    refuse('readFile', /last\.safetensors$/, code);
    const store = await RunStore.open(folder);
    expect(await store.list()).toMatchObject({ runs: [], setAside: [{ name: id, moved: false }] });
    refuseNothing();
    expect(await store.list()).toMatchObject({ runs: [{ id, epochsTrained: 1 }], setAside: [] });
  });
});
