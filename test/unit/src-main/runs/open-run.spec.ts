// Which dataset a kept run is opened with: its own, read as it was when the run was trained.
import { describe, expect, it, vi } from 'vitest';
import { folderSource, type DatasetInfo, type DatasetSource } from '../../../../src-shared/data/dataset';
import type { DatasetIdentity } from '../../../../src-shared/runs/runs';
import type { TestSource } from '../../../../src-shared/data/test-source';
import { RunOpener, type RunOpenerContext } from '../../../../src-main/runs/open-run';

const ID = '20261123-091501-cf554f';
const SAME = { hash: 'aa', trainCount: 40, testCount: 20, classNames: ['0', '1'] };
/** As version 0.1 stored it. */
const STORED: DatasetSource = { kind: 'folder', folder: '/d' };
const turned = (transposed: boolean) => ({ testSource: { transposed } as TestSource });

/** @param open the dataset that is open. @param reopened what the run's source gives */
function prepare(
  open: Partial<DatasetInfo> | undefined,
  run: Partial<DatasetIdentity>,
  reopened: Partial<DatasetInfo> = {},
  openSource: DatasetSource = STORED,
) {
  const reopen = vi.fn(async () => ({ ...SAME, name: 'digits', ...reopened }) as DatasetInfo);
  const dataset = { ...SAME, source: STORED, ...run };
  const context = {
    store: Promise.resolve({ readForTraining: async () => ({ record: { summary: { dataset } } }) }),
    supervisor: { datasetInfo: open && { ...SAME, ...open }, source: openSource },
    reopen,
  } as unknown as RunOpenerContext;
  return { reopen, prepared: new RunOpener(context).prepare(ID) };
}

describe('a run is refused', () => {
  it('if its files hold other images, or other classes than it was trained on', async () => {
    for (const other of [{ hash: 'bb' }, { trainCount: 39 }, { classNames: ['0', '1', '2'] }]) {
      await expect(prepare(undefined, {}, other).prepared).rejects.toThrow(
        'The run was trained on images other than those that “digits” has now.',
      );
    }
  });
});

describe('the dataset of a run is opened again', () => {
  it.each<[string, Partial<DatasetInfo> | undefined, Partial<DatasetIdentity>, boolean]>([
    ['if none is open', undefined, {}, true],
    ['if another one is open', { hash: 'bb' }, {}, true],
    ['if the open one has other classes of the same images', { classNames: ['0', '1', '2'] }, {}, true],
    ['if the open one was turned, and the run’s was not', turned(true), turned(false), true],
    ['if the open one was turned, and the run is of version 0.1, which did not note it', turned(true), {}, true],
    ['but not if it is open', turned(false), turned(false), false],
    ['but not if it is open and turned as the run’s was', turned(true), turned(true), false],
  ])('%s', async (_when, open, run, again) => {
    const { reopen, prepared } = prepare(open, run);
    await prepared;
    expect(reopen).toHaveBeenCalledTimes(again ? 1 : 0);
  });

  it.each<[string, DatasetSource, DatasetSource, boolean]>([
    ['if the rules are newer than the run’s, by which pixels of 0 and 1 are others', folderSource('/d'), STORED, true],
    ['if the rules are older than the run’s', STORED, folderSource('/d'), true],
    ['but not if it is packed with the app', { kind: 'builtin' }, STORED, false],
    ['but not if the rules are the same', folderSource('/d'), folderSource('/e'), false],
  ])('%s', async (_when, openSource, source, again) => {
    const { reopen, prepared } = prepare({}, { source }, {}, openSource);
    await prepared;
    expect(reopen).toHaveBeenCalledTimes(again ? 1 : 0);
  });
});
