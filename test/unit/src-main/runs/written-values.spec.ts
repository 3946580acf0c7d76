// Unusual values that a run may have: what is written can be read again, or is refused.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunStore } from '../../../../src-main/runs/run-store';
import type { RunId } from '../../../../src-shared/runs/runs';
import { makeFolder } from '../../../fixtures/folders';
import { epochRecord, newRun, positionAt } from '../../../fixtures/stored-runs';
import { completedRun, filesOf, onlyRun } from '../../../fixtures/written-runs';

let folder: string;
let remove: () => Promise<void>;
let id: RunId;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  id = await completedRun(folder);
});
afterEach(() => remove());

describe('what is written can be read', () => {
  it.each([
    ['a long name of a file', { name: `${'n'.repeat(205)}.npz` }],
    ['a name that is cut in the middle of a character', { name: '🙂'.repeat(200) }],
    ['half a character', { name: '\ud83d', notes: '\udc00' }],
    ['long notes', { notes: 'n'.repeat(200_000) }],
    ['a long name of a group', { group: { id: 'x', name: 'g'.repeat(1000) } }],
    [
      'names of classes, dataset and folder',
      {
        dataset: {
          ...newRun().dataset,
          name: 'd'.repeat(1000),
          classNames: ['c'.repeat(1000), '', '\0'],
          source: { kind: 'folder' as const, folder: `/${'f/'.repeat(5000)}` },
        },
      },
    ],
  ])('%s', async (_, facts) => {
    const store = await RunStore.open(folder);
    const run = await store.begin({ ...newRun(), ...facts }, positionAt(0));
    const renamed = await store.change(run.id, { status: 'stopped', ...('name' in facts && { name: facts.name }) });
    const later = await RunStore.open(folder);
    expect((await later.list()).setAside).toEqual([]);
    expect(later.summary(run.id)).toEqual(renamed);
    expect(
      Math.max(later.summary(run.id).name.length, later.summary(run.id).group?.name.length ?? 0),
    ).toBeLessThanOrEqual(200);
  });

  it('losses that are no numbers', async () => {
    const store = await RunStore.open(folder);
    const record = epochRecord(2, { best: true });
    const lost = { loss: NaN, accuracy: 0.1 };
    await store.writeEpoch(id, {
      ...record,
      result: { ...record.result, validation: lost, testLoss: Infinity },
      resume: { ...record.resume, best: { score: lost, epochsSince: 0 } },
    });
    const {
      resume,
      best,
      record: { history },
    } = await (await RunStore.open(folder)).readForTraining(id);
    expect([resume.best?.score, best?.result.validation, history[1]!.testLoss]).toEqual([lost, lost, NaN]);
  });

  it('what could not be read is refused when it is written, and what was there stays', async () => {
    const store = await RunStore.open(folder);
    const before = await filesOf(join(folder, id));
    const record = epochRecord(2);
    const wrong = { ...record, resume: { ...record.resume, order: [1, 2, 3] } };
    await expect(store.writeEpoch(id, wrong)).rejects.toMatchObject({
      code: 'run-not-saved',
      message: expect.stringContaining('in its last.safetensors, “order” is not valid') as unknown,
    });
    await expect(store.change(id, { epochs: 0 })).rejects.toMatchObject({ code: 'run-not-saved' });
    expect((await filesOf(join(folder, id)))['last.safetensors']).toBe(before['last.safetensors']);
    expect((await onlyRun(await RunStore.open(folder))).epochsTrained).toBe(1);
  });

  it('the product of the momenta', async () => {
    const store = await RunStore.open(folder);
    const record = epochRecord(2);
    await store.writeEpoch(id, { ...record, resume: { ...record.resume, momentumProduct: 0.9 ** 18 } });
    expect((await store.readForTraining(id)).resume.momentumProduct).toBe(0.9 ** 18);
  });
});
