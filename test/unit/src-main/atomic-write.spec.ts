import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFileAtomically } from '../../../src-main/atomic-write';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-studio-'));
});
afterEach(async () => {
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
