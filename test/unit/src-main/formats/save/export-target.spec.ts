import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkExportTarget, checkRoom } from '../../../../../src-main/formats/save/export-target';
import { writeExports } from '../../../../../src-main/formats/save/write-export';
import { makeFolder } from '../../../../fixtures/folders';
import { SMALL } from '../../../../fixtures/network-files';
import { refuse, refuseNothing } from '../../../../fixtures/refusing-disk';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => void ({ folder, remove } = await makeFolder()));
afterEach(async () => {
  refuseNothing();
  await remove();
});

describe('an export target is refused', () => {
  it('if its folder does not exist', async () => {
    await expect(checkExportTarget(join(folder, 'gone', 'w.npz'))).rejects.toThrow(
      `There is no folder “${join(folder, 'gone')}”. Please create it first`,
    );
  });

  it('if its folder is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(checkExportTarget(join(folder, 'file', 'w.npz'))).rejects.toThrow(
      `“${join(folder, 'file')}” is a file: expected a folder.`,
    );
    await expect(checkExportTarget(join(folder, 'file', 'deep', 'w.npz'))).rejects.toThrow('it is not a folder');
  });

  it('if it is a folder itself', async () => {
    await mkdir(join(folder, 'w.npz'));
    await expect(checkExportTarget(join(folder, 'w.npz'))).rejects.toThrow(
      `“${join(folder, 'w.npz')}” is a folder: expected the name of a file.`,
    );
  });

  it.each([
    ['EACCES', 'the permission to open it is missing'],
    ['EROFS', 'the disk is read-only'],
    ['ENAMETOOLONG', 'the name is too long'],
    ['ENOSPC', 'the disk is full'],
  ])('if no file can be created there: %s', async (code, reason) => {
    refuse('open', /tmp$/, code);
    await expect(checkExportTarget(join(folder, 'w.npz'))).rejects.toThrow(
      `“${join(folder, 'w.npz')}” cannot be written: ${reason}. Please choose another place.`,
    );
  });
});

it('a valid export target is accepted: no file is left there, and an existing file stays unchanged', async () => {
  await checkExportTarget(join(folder, 'new.npz'));
  await writeFile(join(folder, 'old.npz'), 'old');
  await checkExportTarget(join(folder, 'old.npz'));
  expect(await readdir(folder)).toEqual(['old.npz']);
  expect(await readFile(join(folder, 'old.npz'), 'utf8')).toBe('old');
});

it('a disk without enough room for the weights is refused, and one with room is accepted', async () => {
  const file = join(folder, 'w.npz');
  await expect(checkRoom(file, 1e18)).rejects.toThrow(
    /^The disk has only [\d.]+ MB left for “.*w\.npz”, which takes at least 4000000000000\.0 MB\./,
  );
  await checkRoom(file, 1);
});

it('if one file cannot be written, the others still are', async () => {
  const files = ['gone/a.npz', 'b.npz', 'c.json'].map((name) => join(folder, name));
  const { written, failure } = await writeExports(files, SMALL, '1');
  expect(written).toEqual(files.slice(1));
  expect((failure as Error).message).toContain('could not be written to a.npz');
  expect((await readdir(folder)).sort()).toEqual(['b.npz', 'c.json']);
});
