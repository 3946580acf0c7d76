// Run folders of every kind as version 0.1 wrote them: each is read, exported, and resumed to the weights that it would
// have had.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../../src-main/formats/save/formats';
import { RunFolder } from '../../../../src-main/runs/run-folder';
import { RunStore } from '../../../../src-main/runs/run-store';
import { makeCheckpoint } from '../../../../src-main/trainer/run/checkpoint';
import { EXPORT_SUFFIXES, IMPORT_SUFFIXES, suffixOf } from '../../../../src-shared/networks/network-formats';
import type { LayerState } from '../../../../src-shared/networks/layers';
import type { ResumePoint, RunId } from '../../../../src-shared/runs/runs';
import type { Settings } from '../../../../src-shared/settings/settings';
import { headlessApp } from '../../../fixtures/headless-app';
import { largestDifference } from '../../../fixtures/trained-network';
import { openedNetwork } from '../../../fixtures/opened-network';

const FIXTURE = join(import.meta.dirname, '../../../fixtures/runs-of-0.1');
const SOURCE = { kind: 'folder', folder: '/home/ada/small digits – été' } as const;
const index = JSON.parse(await readFile(join(FIXTURE, 'index.json'), 'utf8')) as Record<string, RunId>;
const WHOLE = ', whole';
const twice = Object.keys(index)
  .filter((kind) => kind.endsWith(WHOLE))
  .map((kind) => kind.slice(0, -WHOLE.length));
const listed = Object.entries(index).filter(([kind]) => kind !== 'deleted');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runs-of-0.1-'));
  await cp(join(FIXTURE, 'runs'), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** Later kernels may round otherwise, but a state that is not that of the file leads far away. */
function expectSameWeights(found: readonly LayerState[], expected: readonly LayerState[]): void {
  expect(found.map(({ inputs, outputs }) => [inputs, outputs])).toEqual(
    expected.map(({ inputs, outputs }) => [inputs, outputs]),
  );
  const differences = expected.map((layer, k) =>
    Math.max(largestDifference(found[k]!.weight, layer.weight), largestDifference(found[k]!.bias, layer.bias)),
  );
  expect(Math.max(...differences)).toBeLessThan(1e-5);
}

async function wholePosition(id: RunId, at = 'runs'): Promise<ResumePoint> {
  return (await new RunFolder(join(FIXTURE, at, id)).readLast()).position;
}

it('all of them are listed and read, and none is set aside', async () => {
  const store = await RunStore.open(folder);
  const { runs, setAside, deleted } = await store.list();
  expect(setAside).toEqual([]);
  expect(deleted.runs).toBe(1);
  expect(runs.length).toBe(listed.length + 1); // the first of the group too
  for (const { id, epochsTrained, result, untrainable } of runs) {
    expect(untrainable).toBeUndefined();
    const { record, resume, best } = await store.readForTraining(id);
    expect(resume.epoch).toBe(epochsTrained);
    expect(record.history.map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: record.history.length }, (_, k) => k + (record.history[0]!.epoch === 0 ? 0 : 1)),
    );
    expect(result).toEqual(result && record.history.find(({ epoch }) => epoch === (resume.restored ?? epochsTrained)));
    if (best) expect([best.result.validation, best.result.epoch <= epochsTrained]).toEqual([resume.best!.score, true]);
    if (record.predictions) expect(record.predictions.epoch).toBe(epochsTrained);
  }
});

it.each([
  ['sgd, whole', { status: 'completed', epochs: 4, epochsTrained: 4, resumable: true }],
  ['sgd, stopped after 2 of 4', { status: 'stopped', epochs: 4, epochsTrained: 2 }],
  ['early, best put back', { status: 'early', epochs: 40, epochsTrained: 12, result: { epoch: 10 } }],
  ['failed', { status: 'failed', epochsTrained: 1, message: expect.stringContaining('diverged') as unknown }],
  ['stopped before an epoch ended', { status: 'stopped', epochsTrained: 0 }],
  [
    'changed, extended by 3, stopped after 1 of them',
    { epochs: 5, epochsTrained: 3, changes: [{ epochs: 1 }, { changes: { batchSize: 10 } }] },
  ],
  ['opened from a file', { name: 'network.npz', epochsTrained: 0, result: { epoch: 0 } }],
  ['with a parent', { parent: { id: index['sgd, whole'], epoch: 4 } }],
  ['second of a group', { group: { name: '2 seeds' } }],
  ['optimizer forgotten', { resumable: false }],
  ['star, name and notes', { star: true, name: 'Wide “été” 手書き', notes: 'Two lines,\nand “quotes”.' }],
  [
    'cut off after 2 of 4',
    {
      status: 'cut-off',
      epochsTrained: 2,
      result: { epoch: 2 },
      message: expect.stringContaining('after epoch 2 of 4') as unknown,
    },
  ],
])('“%s” says what it said', async (kind, said) => {
  expect((await RunStore.open(folder)).summary(index[kind]!)).toMatchObject(said);
});

it('a deleted one can be brought back', async () => {
  const store = await RunStore.open(folder);
  await store.restore([index['deleted']!]);
  expect((await store.read(index['deleted']!)).history).toHaveLength(1);
});

it('renaming one adds its number, and changes nothing else in it', async () => {
  const store = await RunStore.open(folder);
  for (const [, id] of listed) {
    const file = join(folder, id, 'run.json');
    const before = JSON.parse(await readFile(file, 'utf8')) as object;
    await store.change(id, { name: 'other' });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      ...before,
      name: 'other',
      number: store.summary(id).number,
    });
  }
});

it('each of them with an epoch is exported in every format, and read back from those that can be', async () => {
  const store = await RunStore.open(folder);
  for (const { id, result } of (await store.list()).runs) {
    if (!result) continue;
    const { record, resume } = await store.readForTraining(id);
    const { dataset, settings, changes } = record.summary;
    const checkpoint = makeCheckpoint({ run: 0, dataset: { info: dataset }, settings }, resume.layers, changes, result);
    for (const suffix of EXPORT_SUFFIXES) {
      const bytes = EXPORT_FORMATS[suffix].encode(checkpoint, '0.1.0');
      expect(bytes.length).toBeGreaterThan(100);
      if (suffixOf(`a${suffix}`, IMPORT_SUFFIXES) !== undefined)
        expectSameWeights((await openedNetwork(`a${suffix}`, bytes)).layers, checkpoint.layers);
    }
  }
}, 60_000);

it('the files with weights of a run are opened as networks', async () => {
  for (const [, id] of listed) {
    const file = join(folder, id, 'last.safetensors');
    expect((await openedNetwork(basename(file), new Uint8Array(await readFile(file)))).activation).toBeDefined();
  }
});

describe('is resumed to the same weights as if it had never been interrupted:', () => {
  const interrupted: [string, string][] = [
    ...twice.map((kind): [string, string] => [
      `${kind}, stopped after 2 of 4`,
      join('runs', index[`${kind}${WHOLE}`]!),
    ]),
    ...Object.keys(index)
      .filter((kind) => kind.startsWith('cut off'))
      .map((kind): [string, string] => [kind, join('whole', index[kind]!)]),
  ];

  it.each(interrupted)('%s', async (kind, whole) => {
    const expected = await wholePosition(basename(whole), whole.split(/[\\/]/)[0]);
    const app = await headlessApp(folder, join(FIXTURE, 'dataset'), SOURCE);
    const id = index[kind]!;
    await app.commands.openRun({ id, resume: true });
    await app.reported('ended');
    expect(app.store.summary(id)).toMatchObject({ status: 'completed', epochsTrained: 4 });
    const { resume, best } = await app.store.readForTraining(id);
    expectSameWeights(resume.layers, expected.layers);
    expect([resume.updates, resume.order, resume.restored, resume.best?.epochsSince]).toEqual([
      expected.updates,
      expected.order,
      expected.restored,
      expected.best?.epochsSince,
    ]);
    if ((expected.settings as Settings).keep === 'best') expect(best).toBeDefined();
    app.close();
  });

  it('and after its end by more epochs', async () => {
    const app = await headlessApp(folder, join(FIXTURE, 'dataset'), SOURCE);
    const id = index['changed, extended by 3, stopped after 1 of them']!;
    await app.commands.openRun({ id, resume: false });
    await app.reported('ended');
    app.supervisor.extend(2, 'end');
    await app.reported('ended');
    expect(app.store.summary(id)).toMatchObject({
      status: 'completed',
      epochs: 5,
      epochsTrained: 5,
      changes: [{ epochs: 1 }, {}],
    });
    app.close();
  });
});
