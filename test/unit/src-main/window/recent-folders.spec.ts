import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { foldersThatExist } from '../../../../src-main/window/recent-folders';
import { makeFolder } from '../../../fixtures/folders';
import { refuse, refuseNothing } from '../../../fixtures/refusing-disk';

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

it('folders that are gone, or are files, are not offered again', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(
    await foldersThatExist([join(folder, 'gone'), join(folder, 'file'), join(folder, 'file', 'below'), folder]),
  ).toEqual([folder]);
});

it.each(['EBUSY', 'EACCES', 'EIO', 'ETIMEDOUT'])(
  'a folder that cannot be looked at now (%s) is not taken for gone',
  async (code) => {
    refuse('stat', /gone$/, code);
    expect(await foldersThatExist([join(folder, 'gone'), folder])).toEqual([join(folder, 'gone'), folder]);
  },
);
