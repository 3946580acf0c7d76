import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exists, removePatiently } from '../../../../src-main/files/file-retry';
import { unfinishedWork } from '../../../../src-main/files/unfinished-work';
import { writeUserFile } from '../../../../src-main/files/user-file';
import { makeFolder } from '../../../fixtures/folders';
import { countedWaits, HELD_CODES, refuse, refuseNothing } from '../../../fixtures/refusing-disk';

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

it.each(HELD_CODES)(
  'a table that is open in a spreadsheet (%s) is left alone, and a sentence says what to do',
  async (code) => {
    const file = join(folder, 'runs.csv');
    await writeFile(file, 'old');
    refuse('rename', /runs\.csv$/, code);
    const message = await writeUserFile(file, 'new', 'The table', 'export', countedWaits().wait).catch(
      (error: Error) => error.message,
    );
    expect(message).toMatch(
      new RegExp(
        String.raw`^The table could not be written to runs\.csv: another program has it open.*\. ` +
          String.raw`Nothing was changed\. Please close runs\.csv in the other program and export ` +
          String.raw`again, or choose another name\.$`,
      ),
    );
    expect([await readdir(folder), await readFile(file, 'utf8')]).toEqual([['runs.csv'], 'old']);
  },
);

it('the app does not end before it is written', async () => {
  const written = writeUserFile(join(folder, 'runs.csv'), 'new', 'The table');
  expect(unfinishedWork.what).toEqual(['runs.csv']);
  expect(await unfinishedWork.finished()).toEqual([]);
  expect(await readFile(join(folder, 'runs.csv'), 'utf8')).toBe('new');
  await written;
});

it('a folder without permission is not said to be open in another program', async () => {
  refuse('open', /tmp$/, 'EACCES');
  await expect(writeUserFile(join(folder, 'runs.csv'), 'new', 'The table')).rejects.toThrow(
    'The table could not be written to runs.csv: the permission to open it is missing. Nothing was changed. ' +
      'Please choose another place.',
  );
});

it('only what is certainly not there counts as missing', async () => {
  const { wait } = countedWaits();
  const file = join(folder, 'here');
  await writeFile(file, '');
  expect([await exists(join(folder, 'gone')), await exists(join(file, 'below')), await exists(file)]).toEqual([
    false,
    false,
    true,
  ]);
  refuse('stat', /here$/, 'EBUSY', 2);
  expect(await exists(file, wait)).toBe(true);
  refuse('stat', /here$/, 'EACCES');
  await expect(exists(file, wait)).rejects.toMatchObject({ code: 'EACCES' });
});

it('a folder is removed once no file in it is open any more', async () => {
  const { wait, waited } = countedWaits();
  refuse('rm', /old$/, 'ENOTEMPTY', 2);
  refuse('rm', /old$/, 'EACCES', 1);
  await removePatiently(join(folder, 'old'), wait);
  expect(waited).toHaveLength(3);
});
