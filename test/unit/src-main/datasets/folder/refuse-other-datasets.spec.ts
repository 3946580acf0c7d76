// Files that are no dataset, or a damaged one: each error names the file, and says what to do. And files that are given
// in place of a folder.
import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceOf } from '../../../../../src-main/datasets/folder/file-source';
import { locateDataset } from '../../../../../src-main/datasets/dataset-files';
import { loadDataset } from '../../../../../src-main/trainer/data/load-dataset';
import { folderSource, isQuestion } from '../../../../../src-shared/data/dataset';
import { StudioError } from '../../../../../src-shared/errors';
import { arrays, idxFiles, refusal, test, train, write, zip } from '../../../../fixtures/dataset-folder';
import { makeFolder, openFolder } from '../../../../fixtures/folders';
import { csvText, npyBytes, pngBytes, pngFiles, pngOf, smallImages } from '../../../../fixtures/other-datasets';
import { tarBytes } from '../../../../fixtures/tar';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(() => remove());

// Windows has no pipes in folders, and links only for some users.
describe.skipIf(process.platform === 'win32')('pipes and links', () => {
  it('are no files if they are pipes, whatever they are called', { timeout: 10_000 }, async () => {
    for (const name of ['train.csv', 'mnist.npz', 'a.zip', 'x.bin']) execFileSync('mkfifo', [join(folder, name)]);
    await symlink(join(folder, 'x.bin'), join(folder, 'train-images-idx3-ubyte'));
    await expect(openFolder(folder)).rejects.toThrow('There are no files in it.');
    await expect(locateDataset({ ...folderSource(folder), rules: undefined })).rejects.toThrow(
      'There are no files in it.',
    );
    await write(folder, { 'sub/mnist.npz': zip(arrays) });
    expect((await openFolder(folder)).info.trainCount).toBe(30);
  });

  it('lead to pictures, and to classes elsewhere, in folders as deep as any', async () => {
    const elsewhere = join(folder, '..', 'elsewhere');
    await write(folder, pngFiles(train, 'here/'));
    await rename(join(folder, 'here'), elsewhere);
    await symlink(elsewhere, join(folder, 'pictures'));
    expect((await openFolder(folder, { holdOut: 0.2 })).info.classNames).toEqual(['0', '1', '2']);
    await rm(join(folder, 'pictures'));
    await mkdir(join(folder, 'a/b/c/digits'), { recursive: true });
    for (const name of ['0', '1']) await symlink(join(elsewhere, name), join(folder, 'a/b/c/digits', name));
    await symlink(join(folder, 'nowhere'), join(folder, 'a/b/c/digits/2'));
    expect((await openFolder(folder, { holdOut: 0.2 })).info.classNames).toEqual(['0', '1']);
  });
});

describe('a folder in which nothing fits', () => {
  it('says what is in it, and what to do', async () => {
    expect(await refusal(folder, { 'train.parquet': 'PAR1xxxxPAR1', 'notes.txt': 'hello' })).toMatch(
      /“train\.parquet”, which is a Parquet file, “notes\.txt”, which is a text\. Please save/,
    );
    expect(await refusal(folder, {})).toContain('There are no files in it.');
    const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
    expect(await refusal(folder, { '0/1.jpg': jpeg, '1/1.jpg': jpeg })).toMatch(
      /each of which is a JPEG picture\. Please save the pictures as PNG/,
    );
  });

  it('names a damaged archive', async () => {
    expect(await refusal(folder, { 'archive.zip': zip(arrays).subarray(0, -30) })).toMatch(/^archive\.zip is cut off/);
    expect(await refusal(folder, { 'archive.tar.gz': gzipSync(tarBytes(arrays)).subarray(0, 200) })).toMatch(
      /^archive\.tar\.gz is cut off/,
    );
  });
});

describe('arrays that cannot be read', () => {
  it('are refused by their name', async () => {
    const objects = { ...arrays, 'y_train.npy': npyBytes([30], new Uint8Array(240), '|O') };
    expect(await refusal(folder, { 'mnist.npz': zip(objects) })).toMatch(
      /^y_train in mnist\.npz holds Python objects.*Please/,
    );
    const colours = { ...arrays, 'x_train.npy': npyBytes([30, 4, 4, 3], new Uint8Array(30 * 48)) };
    expect(await refusal(folder, { 'mnist.npz': zip(colours) })).toMatch(/^x_train in mnist\.npz holds colour images/);
    const short = { ...arrays, 'x_train.npy': arrays['x_train.npy']!.subarray(0, -1) };
    expect(await refusal(folder, { 'mnist.npz': zip(short) })).toMatch(/^x_train in mnist\.npz is cut off/);
    const huge = { ...arrays, 'x_train.npy': npyBytes([2 ** 31, 28, 28], new Uint8Array(100)) };
    expect(await refusal(folder, { 'mnist.npz': zip(huge) })).toMatch(
      /^x_train in mnist\.npz has the shape.*expected at most/,
    );
    const fewer = { ...arrays, 'y_train.npy': npyBytes([29], new Uint8Array(29)) };
    expect(await refusal(folder, { 'mnist.npz': zip(fewer) })).toMatch(/29 labels.*30 images/);
  });
});

describe('tables that cannot be read', () => {
  const table = csvText(train);
  const broken = (from: string, to: string) => ({
    'mnist_train.csv': table.replace(from, to),
    'mnist_test.csv': csvText(test),
  });

  it('are refused by the line that is wrong', async () => {
    const lines = table.split('\n');
    expect(await refusal(folder, broken(lines[3]!, lines[3]!.slice(0, -2)))).toMatch(
      /^mnist_train\.csv cannot be read as a table of images: its line 4 has 16 values, and 17 were expected/,
    );
    expect(await refusal(folder, broken(lines[5]!, lines[5]!.replace(/^\d,0/, '2,abc')))).toMatch(
      /its line 6 has “abc” as value 2, and a pixel was expected/,
    );
    expect(await refusal(folder, broken(lines[5]!, lines[5]!.replace(/^\d,0/, '2,')))).toMatch(
      /its line 6 has nothing as value 2/,
    );
    expect(await refusal(folder, broken(lines[5]!, lines[5]!.replace(/^\d/, '2.5')))).toMatch(
      /its line 6 has “2\.5” as value 1, and a label that is a whole number/,
    );
    expect(await refusal(folder, { 'train.csv': lines[0]! + '\n' }, { holdOut: 0.2 })).toMatch(
      /^train\.csv .*no line with an image/,
    );
  });
});

describe('pictures that cannot be read', () => {
  const pictures = pngFiles(train, 'train/');

  it('are refused by their name', async () => {
    const damaged = {
      ...pictures,
      'train/1/4.png': pictures['train/1/4.png']!.map((byte, k) => (k === 60 ? byte ^ 1 : byte)),
    };
    expect(await refusal(folder, damaged, { holdOut: 0.2 })).toMatch(/^1\/4\.png is (damaged|cut off).*Please/);
    const larger = { ...pictures, 'train/1/4.png': pngOf(smallImages(5, 3, 5), 4) };
    expect(await refusal(folder, larger, { holdOut: 0.2 })).toMatch(/^1\/4\.png has 5×5 pixels, but 0\/0\.png has 4×4/);
    const interlaced = { ...pictures, 'train/1/4.png': pngBytes(4, [new Uint8Array(4)], { interlaced: true }) };
    expect(await refusal(folder, interlaced, { holdOut: 0.2 })).toMatch(/^1\/4\.png is interlaced/);
  });
});

describe('a file that is given in place of a folder', () => {
  const openFile = async (name: string) => {
    const source = await sourceOf(folderSource(join(folder, name)));
    const found = await locateDataset(source);
    if (isQuestion(found)) throw new Error(found.kind);
    return loadDataset(found, source, () => undefined);
  };

  it('is refused by what it is if it is no dataset', async () => {
    await write(folder, { 'page.html': '<html><title>Hello</title></html>' });
    await expect(openFile('page.html')).rejects.toThrow(
      /^page\.html is a web page \(“Hello”\): expected a folder, or a file of a dataset/,
    );
    await write(folder, { 'other.csv': 'name,age\nAda,36\n' });
    await expect(openFile('other.csv')).rejects.toThrow(StudioError);
  });

  it('is refused by what it is, or by what is wrong with it, if a dataset lies beside it', async () => {
    await write(folder, {
      ...idxFiles(),
      'notes.csv': 'name,age\nAda,36\n',
      'broken.zip': zip(arrays).subarray(0, -30),
    });
    await expect(openFile('notes.csv')).rejects.toThrow(
      /^notes\.csv is a text.*no images with labels were found in it/,
    );
    await expect(openFile('broken.zip')).rejects.toThrow(/^broken\.zip is cut off/);
  });

  it('is opened, whatever else lies beside it', async () => {
    await write(folder, {
      ...idxFiles(),
      'mnist.npz': zip(arrays),
      'mnist_train.csv': csvText(smallImages(20)),
      'mnist_test.csv': csvText(test),
      'a.zip': zip(idxFiles()),
    });
    expect((await openFile('mnist.npz')).info.trainCount).toBe(30);
    expect((await openFile('mnist_train.csv')).info.trainCount).toBe(20);
    expect((await openFile('mnist_test.csv')).info.trainCount).toBe(20);
    expect((await openFile('a.zip')).info.files).toEqual([{ name: 'a.zip', bytes: expect.any(Number) }]);
    expect((await openFile('train-images-idx3-ubyte')).info.files).toHaveLength(4);
  });
});

describe('an archive of more than a gibibyte', () => {
  it('is not looked into, which a sentence says, unless it is the file that was chosen', async () => {
    await write(folder, { 'backup.tar.gz': gzipSync(tarBytes(idxFiles())) });
    await truncate(join(folder, 'backup.tar.gz'), 2 ** 30 + 1);
    await expect(locateDataset(folderSource(folder))).rejects.toThrow(
      'backup.tar.gz is larger than 1 GiB, and was not looked into. Please',
    );
    await expect(locateDataset(folderSource(folder, { collection: 'backup.tar.gz' }))).resolves.toMatchObject({
      id: expect.stringContaining('backup.tar.gz/'),
    });
  });
});
