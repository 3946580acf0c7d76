import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDatasetFiles, readDatasetFiles } from '../../../src-main/dataset-files';
import { smallDatasetFiles } from '../../fixtures/idx';

const USUAL = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz', 't10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'];
const files = Object.values(smallDatasetFiles({ train: 20, test: 10, rows: 4, columns: 4 }));

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'mnist ')), 'Ziffern – 手書き');
  await mkdir(folder);
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const read = (path = folder) => readDatasetFiles({ kind: 'folder', folder: path }, '/nowhere');

describe('a folder is refused', () => {
  it('when it does not exist or is a file', async () => {
    await expect(read(join(folder, 'gone'))).rejects.toMatchObject({ code: 'folder-unreadable', message: expect.stringContaining('gone” cannot be read: it does not exist.') });
    await writeFile(join(folder, 'file'), '');
    await expect(read(join(folder, 'file'))).rejects.toMatchObject({ code: 'folder-unreadable', message: expect.stringContaining('it is not a folder') });
  });

  it('when it holds no MNIST files: the sentence names all four', async () => {
    await writeFile(join(folder, 'holiday.jpg'), '');
    const error = await read().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'file-missing' });
    for (const name of [folder, ...USUAL]) expect((error as Error).message).toContain(name);
  });

  it('when one file is missing: the sentence names it alone', () => {
    expect(() => findDatasetFiles('/f', USUAL.slice(0, 3))).toThrow('The folder “/f” lacks t10k-labels-idx1-ubyte.gz (with or without .gz).');
  });

  it('when a folder stands in place of a file', async () => {
    for (const { name, bytes } of files.slice(1)) await writeFile(join(folder, name), bytes);
    await mkdir(join(folder, USUAL[0]!));
    await expect(read()).rejects.toMatchObject({ code: 'file-unreadable', message: expect.stringContaining(`${USUAL[0]} in “${folder}” cannot be read: it is a folder, not a file.`) });
  });
});

describe('a folder is read', () => {
  it('with the four files as they are', async () => {
    for (const { name, bytes } of files) await writeFile(join(folder, name), bytes);
    expect(Object.values(await read())).toEqual(files);
  });

  it.each([
    ['plain', USUAL.map((name) => name.replace('.gz', ''))],
    ['with dots', USUAL.map((name) => name.replace('-idx', '.idx'))],
    ['in capitals', USUAL.map((name) => name.toUpperCase())],
  ])('with names that are %s', (_how, names) => {
    expect(Object.values(findDatasetFiles('/f', ['readme.txt', ...names]))).toEqual(names);
  });
});
