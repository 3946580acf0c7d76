// Runs on a real disk, in a folder of the test.
import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunStore } from '../../../../src-main/runs/run-store';
import { Random } from '../../../../src-shared/nn/rng';
import type { RunId } from '../../../../src-shared/runs/runs';
import { makeFolder } from '../../../fixtures/folders';
import { epochRecord, layersOf, newRun, positionAt, resultAt, storedSettings } from '../../../fixtures/stored-runs';

let folder: string;
let remove: () => Promise<void>;
let store: RunStore;

beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  store = await RunStore.open(folder);
});
afterEach(() => remove());

/** A run of so many epochs that has been completed. */
async function completed(epochs = 2): Promise<RunId> {
  const { id } = await store.begin(newRun(), positionAt(0));
  for (let epoch = 1; epoch <= epochs; epoch++) await store.writeEpoch(id, epochRecord(epoch));
  await store.change(id, { status: 'completed' });
  return id;
}

describe('a store of runs refuses', () => {
  it('ids that are no names of runs, and never leaves its folder', async () => {
    await expect(store.read('../../etc')).rejects.toMatchObject({ code: 'run-unreadable' });
    await expect(store.restore(['..'])).rejects.toThrow();
    expect(() => store.summary('20261123-091500-3fa9c2')).toThrow('not there any more');
  });

  it('to delete a run that is being trained', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    await expect(store.delete([id])).rejects.toMatchObject({ code: 'busy' });
  });

  it('to say that a run is kept where it could not be written, and what was there stays', async () => {
    const id = await completed();
    const before = await readFile(join(folder, id, 'last.safetensors'));
    await rm(join(folder, id, 'history.jsonl'));
    await mkdir(join(folder, id, 'history.jsonl'));
    await expect(store.writeEpoch(id, epochRecord(3))).rejects.toMatchObject({
      code: 'run-not-saved',
      message: expect.stringContaining('What was written before is still there') as unknown,
    });
    expect(await readFile(join(folder, id, 'last.safetensors'))).toEqual(before);
    await expect(store.change(id, { name: 'still goes on' })).resolves.toMatchObject({ name: 'still goes on' });
  });
});

it('stops where the disk is full, says so, and harms nothing that was there', async (context) => {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return context.skip('no small disk can be mounted here: that takes root on Linux');
  }
  try {
    const small = await RunStore.open(disk);
    const { id } = await small.begin(newRun(), positionAt(0));
    await small.writeEpoch(id, epochRecord(1));
    await expect(writeFile(join(disk, 'filler'), new Uint8Array(1_000_000))).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(small.writeEpoch(id, epochRecord(2))).rejects.toMatchObject({
      code: 'run-not-saved',
      message: expect.stringContaining('the disk is full') as unknown,
    });
    await rm(join(disk, 'filler'));
    const later = await RunStore.open(disk);
    expect(later.summary(id)).toMatchObject({ status: 'cut-off', epochsTrained: 1 });
    expect((await later.readForTraining(id)).resume).toEqual(positionAt(1));
  } finally {
    execFileSync('umount', [disk]);
  }
});

describe('a store of runs', () => {
  it.each(['float32', 'float64'] as const)(
    'gives back every bit of a %s run, with none, one or two averages of the optimizer',
    async (precision) => {
      const settings = { ...storedSettings, precision };
      for (const moments of [0, 1, 2]) {
        const { id } = await store.begin(newRun(settings), positionAt(0, { moments, settings }));
        const record = epochRecord(1, { moments, settings, best: true });
        await store.writeEpoch(id, record);
        const again = await (await RunStore.open(folder)).readForTraining(id);
        expect(again.resume).toEqual(record.resume);
        expect(again.best).toEqual({ layers: layersOf(1, precision), result: record.result });
        expect(again.record).toMatchObject({
          history: [record.result],
          points: record.points,
          predictions: { epoch: 1, predicted: record.predictions.predicted },
        });
        await rm(join(folder, id), { recursive: true });
      }
    },
  );

  it('lists runs newest first, with what is known of each', async () => {
    const first = await completed();
    await store.change(first, { name: 'wide', star: true, notes: 'good' });
    const { id: second } = await store.begin(newRun(), positionAt(0));
    const { runs } = await store.list();
    expect(runs.map(({ id }) => id)).toEqual(
      runs[0]!.created === runs[1]!.created ? [first, second].sort().reverse() : [second, first],
    );
    expect(store.summary(first)).toMatchObject({
      name: 'wide',
      star: true,
      notes: 'good',
      status: 'completed',
      epochsTrained: 2,
      result: resultAt(2),
      seconds: 0.5,
      resumable: true,
    });
    expect(store.summary(first).bytes).toBeGreaterThan(500);
  });

  it('can be renamed and given notes while it is trained', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    await Promise.all([
      store.writeEpoch(id, epochRecord(1)),
      store.change(id, { name: 'new name' }),
      store.writeEpoch(id, epochRecord(2)),
    ]);
    expect((await RunStore.open(folder)).summary(id)).toMatchObject({ name: 'new name', epochsTrained: 2 });
  });

  it('records which engines trained a run, one line for each change of the kernels', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    const engines = async () => {
      const { environment } = (await (await RunStore.open(folder)).read(id)).summary;
      return [environment.engine.simd, ...(environment.laterEngines ?? []).map(({ simd }) => simd)];
    };
    await store.writeEpoch(id, epochRecord(1));
    expect(await engines()).toEqual(['wide']);
    await store.writeEpoch(id, epochRecord(2, { simd: 'relaxed' }));
    await store.writeEpoch(id, epochRecord(3, { simd: 'relaxed' }));
    await store.writeEpoch(id, epochRecord(4, { simd: 'plain' }));
    expect(await engines()).toEqual(['wide', 'relaxed', 'plain']);
  });

  it('writes epochs that had to wait for a slow disk in one turn, with nothing of their history lost', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    const written = Array.from({ length: 20 }, (_, k) =>
      store.writeEpoch(id, epochRecord(k + 1, { best: k + 1 === 7 })),
    );
    expect(new Set(written).size).toBe(1);
    expect(await written[0]).toMatchObject({ epochsTrained: 20, seconds: 20 * 0.25 });
    const { record, resume, best } = await store.readForTraining(id);
    expect(record.history).toEqual(Array.from({ length: 20 }, (_, k) => resultAt(k + 1)));
    expect(resume).toEqual(positionAt(20));
    expect(best).toEqual({ layers: positionAt(7).layers, result: resultAt(7) });
  });

  it('keeps the best weights of one epoch', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    for (const epoch of [1, 2, 3, 4])
      await store.writeEpoch(id, epochRecord(epoch, { best: epoch !== 2 && epoch !== 4 }));
    expect((await readdir(join(folder, id))).sort()).toEqual([
      'best-3.safetensors',
      'history.jsonl',
      'last.safetensors',
      'predictions.safetensors',
      'run.json',
    ]);
    expect((await store.readForTraining(id)).best?.result).toEqual(resultAt(3));
  });

  it('lets no epoch overtake what was to be written before it', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    const one = store.writeEpoch(id, epochRecord(1));
    void store.writePosition(id, { ...positionAt(1), restored: 1 }, {});
    const two = store.writeEpoch(id, epochRecord(2));
    expect(two).not.toBe(one);
    await two;
    expect((await store.readForTraining(id)).resume).toEqual(positionAt(2));
  });

  it('treats a run that was active when the app ended as cut off after its last whole epoch', async () => {
    const { id } = await store.begin(newRun(), positionAt(0));
    await store.writeEpoch(id, epochRecord(1));
    await store.writeEpoch(id, epochRecord(2));
    // The history of the third is there, torn, but not its weights.
    await appendFile(join(folder, id, 'history.jsonl'), '{"result":{"epoch":3,"tra');
    await writeFile(join(folder, id, '.last.safetensors.abc.tmp'), 'half');
    const later = await RunStore.open(folder);
    expect(later.summary(id)).toMatchObject({
      status: 'cut-off',
      epochsTrained: 2,
      result: resultAt(2),
      resumable: true,
      message: expect.stringContaining('after epoch 2 of 20') as unknown,
    });
    await later.writeEpoch(id, epochRecord(3));
    expect((await later.read(id)).history).toEqual([1, 2, 3].map(resultAt));
    expect((await readdir(join(folder, id))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('brings deleted runs back, until they are cleaned up', async () => {
    const id = await completed();
    await store.delete([id]);
    expect(await store.list()).toMatchObject({ runs: [], deleted: { runs: 1 } });
    await store.restore([id]);
    expect((await store.read(id)).history).toHaveLength(2);
    await store.delete([id]);
    expect((await store.cleanUp({ deleted: true, optimizerStates: false })).bytes).toBeGreaterThan(500);
    expect((await store.list()).deleted).toEqual({ runs: 0, bytes: 0 });
    await expect(store.restore([id])).rejects.toMatchObject({ code: 'run-not-saved' });
  });

  it('forgets the optimizer of completed runs without a star, and nothing else', async () => {
    const [plain, starred] = [await completed(), await completed()];
    await store.change(starred, { star: true });
    const { bytes } = await store.cleanUp({ deleted: false, optimizerStates: true });
    expect(bytes).toBeGreaterThan(0);
    const after = await RunStore.open(folder);
    expect([plain, starred].map((id) => after.summary(id).resumable)).toEqual([false, true]);
    expect((await after.readForTraining(plain)).resume).toEqual({ ...positionAt(2), moments: [] });
  });

  it('lists a thousand runs', async () => {
    const id = await completed();
    const names = ['run.json', 'history.jsonl', 'last.safetensors'];
    const files = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, id, name))] as const));
    for (let k = 0; k < 999; k++) {
      const other = `20260101-000000-${k.toString(16).padStart(6, '0')}`;
      await mkdir(join(folder, other));
      for (const [name, bytes] of files)
        await writeFile(join(folder, other, name), name === 'run.json' ? bytes.toString().replace(id, other) : bytes);
    }
    const { runs, setAside } = await (await RunStore.open(folder)).list();
    expect([runs.length, setAside.length]).toEqual([1000, 0]);
  }, 30_000);
});

describe('a damaged run', () => {
  it('is set aside with its reason, whatever is wrong, and the others stay', async () => {
    const [good, bad, link] = [await completed(), await completed(), '20260101-000000-abcdef'];
    await writeFile(join(folder, bad, 'run.json'), '{"format":1}');
    await symlink('/', join(folder, link));
    const later = await RunStore.open(folder);
    const { runs, setAside } = await later.list();
    expect(runs.map(({ id }) => id)).toEqual([good]);
    expect(setAside.map(({ name }) => name).sort()).toEqual([bad, link].sort());
    expect(await readdir(setAside.find(({ name }) => name === bad)!.folder)).toContain('last.safetensors');
  });

  it('never breaks the list or another run: 300 damages of its files', async () => {
    const random = new Random(7, 'order');
    const pick = (below: number) => Math.floor(random.uniform() * below);
    const good = await completed();
    const files = ['run.json', 'history.jsonl', 'last.safetensors', 'predictions.safetensors'];
    for (let k = 0; k < 300; k++) {
      const { id } = await store.begin(newRun(), positionAt(0));
      await store.writeEpoch(id, epochRecord(1));
      const file = join(folder, id, files[pick(files.length)]!);
      const bytes = await readFile(file);
      if (pick(3) === 0) await truncate(file, pick(bytes.length));
      else {
        for (let n = 0; n <= pick(4); n++) bytes[pick(bytes.length)] = pick(256);
        await writeFile(file, bytes);
      }
      const later = await RunStore.open(folder);
      const { runs, setAside } = await later.list();
      expect(runs.length + setAside.length).toBe(2);
      expect((await later.read(good)).history).toHaveLength(2);
      const outcome = await later.readForTraining(id).then(
        () => 'read',
        (error: { code?: string }) => error.code,
      );
      expect(['read', 'run-unreadable', 'file-unreadable', 'refused']).toContain(outcome);
      await rm(join(folder, id), { recursive: true, force: true });
      await rm(join(folder, 'set-aside'), { recursive: true, force: true });
    }
  }, 180_000);
});
