import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appendSafely, writeFileAtomically } from '../../../../src-main/files/atomic-write';
import { WRITE_DELAYS } from '../../../../src-main/files/file-retry';
import { countedWaits, HELD_CODES, refuse, refuseNothing } from '../../../fixtures/refusing-disk';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-studio-'));
});
afterEach(async () => {
  refuseNothing();
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

it('a write that fails leaves what was there, and nothing beside it', async () => {
  await mkdir(join(folder, 'taken'));
  await expect(writeFileAtomically(join(folder, 'taken'), 'new')).rejects.toThrow();
  await expect(writeFileAtomically(join(folder, 'gone', 'file'), 'new')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(folder)).toEqual(['taken']);
});

it('a write replaces the whole file', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'something long that was there before');
  await writeFileAtomically(file, Uint8Array.of(1, 2, 3));
  expect([...(await readFile(file))]).toEqual([1, 2, 3]);
  expect(await readdir(folder)).toEqual(['file']);
});

describe('a rename that another program refuses', () => {
  let file: string;
  beforeEach(async () => {
    file = join(folder, 'file');
    await writeFile(file, 'old');
  });

  it.each(HELD_CODES)('for good with %s leaves the old file and no temporary one', async (code) => {
    const { wait, waited } = countedWaits();
    const refused = refuse('rename', /file$/, code);
    await expect(writeFileAtomically(file, 'new', wait)).rejects.toMatchObject({ code });
    expect([refused(), waited]).toEqual([WRITE_DELAYS.length + 1, [...WRITE_DELAYS]]);
    expect([await readdir(folder), await readFile(file, 'utf8')]).toEqual([['file'], 'old']);
  });

  it.each(['ENOSPC', 'ENOENT', 'EROFS', 'EIO'])('with %s is final: it is not repeated', async (code) => {
    const { wait, waited } = countedWaits();
    const refused = refuse('rename', /file$/, code);
    await expect(writeFileAtomically(file, 'new', wait)).rejects.toMatchObject({ code });
    expect([refused(), waited]).toEqual([1, []]);
    expect([await readdir(folder), await readFile(file, 'utf8')]).toEqual([['file'], 'old']);
  });

  it.each(HELD_CODES)('three times with %s and then allows it has written', async (code) => {
    const { wait, waited } = countedWaits();
    refuse('rename', /file$/, code, 3);
    await writeFileAtomically(file, 'new', wait);
    expect(waited).toEqual(WRITE_DELAYS.slice(0, 3));
    expect([await readdir(folder), await readFile(file, 'utf8')]).toEqual([['file'], 'new']);
  });

  it('for good is what is reported, even if the temporary file cannot be deleted either', async () => {
    const { wait } = countedWaits();
    refuse('rename', /file$/, 'EPERM');
    refuse('rm', /tmp$/, 'EBUSY');
    await expect(writeFileAtomically(file, 'new', wait)).rejects.toMatchObject({ code: 'EPERM' });
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  it('does not keep the temporary file that could not be deleted at once', async () => {
    const { wait } = countedWaits();
    refuse('rename', /file$/, 'EPERM');
    refuse('rm', /tmp$/, 'EBUSY', 2);
    await expect(writeFileAtomically(file, 'new', wait)).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['file']);
  });
});

it('lines are added once the program that has the file open lets go', async () => {
  const { wait } = countedWaits();
  const file = join(folder, 'lines');
  await writeFile(file, 'one\n');
  refuse('open', /lines$/, 'EBUSY', 3);
  await appendSafely(file, 'two\n', wait);
  expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
});

it('half a line that did not fit on the disk is taken back', async () => {
  const file = join(folder, 'lines');
  await writeFile(file, 'one\n');
  const handle = await open(file);
  await handle.close();
  const write = vi
    .spyOn(Object.getPrototypeOf(handle) as typeof handle, 'writeFile')
    .mockImplementationOnce(async function (this: typeof handle) {
      await this.write('tw');
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
  await expect(appendSafely(file, 'two\n')).rejects.toMatchObject({ code: 'ENOSPC' });
  write.mockRestore();
  await appendSafely(file, 'three\n');
  expect(await readFile(file, 'utf8')).toBe('one\nthree\n');
});
