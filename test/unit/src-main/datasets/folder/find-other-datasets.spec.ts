// Whole folders of other kinds, found and read as the app does it.
import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceOf } from '../../../../../src-main/datasets/folder/file-source';
import { locateDataset } from '../../../../../src-main/datasets/dataset-files';
import { readParts } from '../../../../../src-main/formats/snippets/python-parts';
import { loadDataset } from '../../../../../src-main/trainer/data/load-dataset';
import type { Dataset } from '../../../../../src-main/trainer/data/dataset';
import { folderSource, isQuestion, type FolderAnswers } from '../../../../../src-shared/data/dataset';
import type { PartsTestSource } from '../../../../../src-shared/data/test-source';
import { StudioError } from '../../../../../src-shared/errors';
import { makeFolder, openFolder } from '../../../../fixtures/folders';
import { gzip, idxBytes } from '../../../../fixtures/idx';
import {
  csvText,
  npyBytes,
  npyFiles,
  pngBytes,
  pngFiles,
  pngOf,
  smallImages,
} from '../../../../fixtures/other-datasets';
import { tarBytes } from '../../../../fixtures/tar';

type Files = Record<string, Uint8Array | string>;
let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(() => remove());

const [train, test] = [smallImages(30), smallImages(12)];
const arrays = npyFiles(train, test);
const zip = (files: Record<string, Uint8Array>) => zipSync(files);
const idxFiles = (prefix = ''): Record<string, Uint8Array> => ({
  [`${prefix}train-images-idx3-ubyte`]: idxBytes([30, 4, 4], train.pixels),
  [`${prefix}train-labels-idx1-ubyte`]: idxBytes([30], Uint8Array.from(train.labels)),
  [`${prefix}t10k-images-idx3-ubyte`]: idxBytes([12, 4, 4], test.pixels),
  [`${prefix}t10k-labels-idx1-ubyte`]: idxBytes([12], Uint8Array.from(test.labels)),
});
const float32 = (values: Iterable<number>) => new Uint8Array(Float32Array.from(values).buffer);
const int64 = (values: number[]) => new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);

async function write(files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

async function open(files: Files, answers?: FolderAnswers): Promise<Dataset> {
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await write(files);
  return openFolder(folder, answers);
}

async function refusal(files: Files, answers?: FolderAnswers): Promise<string> {
  const error = await open(files, answers).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StudioError);
  expect((error as StudioError).message).toMatch(/\.$/);
  return (error as StudioError).message;
}

/** The same images, labels and hash as the IDX files have. */
async function expectSame(files: Files): Promise<Dataset> {
  const expected = await open(idxFiles());
  const found = await open(files);
  expect(found.train).toEqual(expected.train);
  expect(found.test).toEqual(expected.test);
  expect(found.info.hash).toBe(expected.info.hash);
  return found;
}

// Windows has no pipes in folders, and links only for some users.
describe.skipIf(process.platform === 'win32')('pipes and links', () => {
  it('are no files if they are pipes, whatever they are called', { timeout: 10_000 }, async () => {
    for (const name of ['train.csv', 'mnist.npz', 'a.zip', 'x.bin']) execFileSync('mkfifo', [join(folder, name)]);
    await symlink(join(folder, 'x.bin'), join(folder, 'train-images-idx3-ubyte'));
    await expect(openFolder(folder)).rejects.toThrow('There are no files in it.');
    await expect(locateDataset({ ...folderSource(folder), rules: undefined })).rejects.toThrow(
      'There are no files in it.',
    );
    await write({ 'sub/mnist.npz': zip(arrays) });
    expect((await openFolder(folder)).info.trainCount).toBe(30);
  });

  it('lead to pictures, and to classes elsewhere, in folders as deep as any', async () => {
    const elsewhere = join(folder, '..', 'elsewhere');
    await write(pngFiles(train, 'here/'));
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
    expect(await refusal({ 'train.parquet': 'PAR1xxxxPAR1', 'notes.txt': 'hello' })).toMatch(
      /“train\.parquet”, which is a Parquet file, “notes\.txt”, which is a text\. Please save/,
    );
    expect(await refusal({})).toContain('There are no files in it.');
    const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
    expect(await refusal({ '0/1.jpg': jpeg, '1/1.jpg': jpeg })).toMatch(
      /each of which is a JPEG picture\. Please save the pictures as PNG/,
    );
  });

  it('names a damaged archive', async () => {
    expect(await refusal({ 'archive.zip': zip(arrays).subarray(0, -30) })).toMatch(/^archive\.zip is cut off/);
    expect(await refusal({ 'archive.tar.gz': gzipSync(tarBytes(arrays)).subarray(0, 200) })).toMatch(
      /^archive\.tar\.gz is cut off/,
    );
  });
});

describe('arrays that cannot be read', () => {
  it('are refused by their name', async () => {
    const objects = { ...arrays, 'y_train.npy': npyBytes([30], new Uint8Array(240), '|O') };
    expect(await refusal({ 'mnist.npz': zip(objects) })).toMatch(/^y_train in mnist\.npz holds Python objects.*Please/);
    const colours = { ...arrays, 'x_train.npy': npyBytes([30, 4, 4, 3], new Uint8Array(30 * 48)) };
    expect(await refusal({ 'mnist.npz': zip(colours) })).toMatch(/^x_train in mnist\.npz holds colour images/);
    const short = { ...arrays, 'x_train.npy': arrays['x_train.npy']!.subarray(0, -1) };
    expect(await refusal({ 'mnist.npz': zip(short) })).toMatch(/^x_train in mnist\.npz is cut off/);
    const huge = { ...arrays, 'x_train.npy': npyBytes([2 ** 31, 28, 28], new Uint8Array(100)) };
    expect(await refusal({ 'mnist.npz': zip(huge) })).toMatch(/^x_train in mnist\.npz has the shape.*expected at most/);
    const fewer = { ...arrays, 'y_train.npy': npyBytes([29], new Uint8Array(29)) };
    expect(await refusal({ 'mnist.npz': zip(fewer) })).toMatch(/29 labels.*30 images/);
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
    expect(await refusal(broken(lines[3]!, lines[3]!.slice(0, -2)))).toMatch(
      /^mnist_train\.csv cannot be read as a table of images: its line 4 has 16 values, and 17 were expected/,
    );
    expect(await refusal(broken(lines[5]!, lines[5]!.replace(/^\d,0/, '2,abc')))).toMatch(
      /its line 6 has “abc” as value 2, and a pixel was expected/,
    );
    expect(await refusal(broken(lines[5]!, lines[5]!.replace(/^\d,0/, '2,')))).toMatch(
      /its line 6 has nothing as value 2/,
    );
    expect(await refusal(broken(lines[5]!, lines[5]!.replace(/^\d/, '2.5')))).toMatch(
      /its line 6 has “2\.5” as value 1, and a label that is a whole number/,
    );
    expect(await refusal({ 'train.csv': lines[0]! + '\n' }, { holdOut: 0.2 })).toMatch(
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
    expect(await refusal(damaged, { holdOut: 0.2 })).toMatch(/^1\/4\.png is (damaged|cut off).*Please/);
    const larger = { ...pictures, 'train/1/4.png': pngOf(smallImages(5, 3, 5), 4) };
    expect(await refusal(larger, { holdOut: 0.2 })).toMatch(/^1\/4\.png has 5×5 pixels, but 0\/0\.png has 4×4/);
    const interlaced = { ...pictures, 'train/1/4.png': pngBytes(4, [new Uint8Array(4)], { interlaced: true }) };
    expect(await refusal(interlaced, { holdOut: 0.2 })).toMatch(/^1\/4\.png is interlaced/);
  });
});

describe('the same images', () => {
  it('are read from arrays, one file or several, of any type and shape', async () => {
    await expectSame({ 'mnist.npz': zip(arrays) });
    await expectSame(arrays);
    const alone = (name: string) => zip({ 'arr_0.npy': arrays[name]! });
    await expectSame({
      'k-train-imgs.npz': alone('x_train.npy'),
      'k-train-labels.npz': alone('y_train.npy'),
      'k-test-imgs.npz': alone('x_test.npy'),
      'k-test-labels.npz': alone('y_test.npy'),
    });
    const others = {
      'train_images.npy': npyBytes([30, 1, 4, 4], float32(train.pixels.map((pixel) => pixel)), '<f4'),
      'train_labels.npy': npyBytes([30, 1], int64(train.labels), '<i8'),
      'test_images.npy': npyBytes([12, 16], float32(test.pixels), '<f4'),
      'test_labels.npy': npyBytes([12], int64(test.labels), '<i8'),
      'val_images.npy': arrays['x_test.npy']!,
      'val_labels.npy': arrays['y_test.npy']!,
    };
    await expectSame({ 'mnist.npz': zip(others) });
    const unit = {
      ...arrays,
      'x_train.npy': npyBytes([30, 4, 4], float32(Array.from(train.pixels, (pixel) => pixel / 255)), '<f4'),
      'x_test.npy': npyBytes([12, 4, 4], float32(Array.from(test.pixels, (pixel) => pixel / 255)), '<f4'),
    };
    expect((await expectSame({ 'mnist.npz': zip(unit) })).info.notes).toEqual([
      expect.stringContaining('divided by 255'),
    ]);
  });

  it('are read from arrays in Fortran’s order', async () => {
    const column = new Uint8Array(train.pixels.length);
    for (let i = 0; i < 30; i++)
      for (let y = 0; y < 4; y++)
        for (let x = 0; x < 4; x++) column[i + 30 * (y + 4 * x)] = train.pixels[i * 16 + y * 4 + x]!;
    await expectSame({ 'mnist.npz': zip({ ...arrays, 'x_train.npy': npyBytes([30, 4, 4], column, '|u1', true) }) });
  });

  it('are read from tables, with a header or without, in whatever way lines end', async () => {
    await expectSame({ 'mnist_train.csv': csvText(train), 'mnist_test.csv': csvText(test) });
    await expectSame({ 'mnist_train.csv': csvText(train, false), 'mnist_test.csv': csvText(test, false) });
    await expectSame({
      'fashion-mnist_train.csv': `\ufeff${csvText(train).replaceAll('\n', '\r\n')}`,
      'fashion-mnist_test.csv': csvText(test).replaceAll('\n', '\r'),
    });
    await expectSame({
      'mnist_train_30.csv.gz': gzip(Buffer.from(csvText(train))),
      'mnist_test_12.csv': csvText(test).replaceAll(',', '; '),
    });
    await expectSame({
      'train.csv': csvText(train).replaceAll(/^([^,]*),(.*)$/gm, '$2,$1'),
      'test.csv': csvText(test)
        .replaceAll(/^([^,]*),(.*)$/gm, '7,"$1",$2')
        .replace('7,"label"', 'id,label'),
    });
  });

  it('are read from archives of any of these', async () => {
    await expectSame({ 'archive.zip': zip(idxFiles()) });
    await expectSame({ 'mnist.tar.gz': gzipSync(tarBytes(idxFiles('MNIST/raw/'))) });
    const packed = Object.fromEntries(
      Object.entries(idxFiles('gzip/')).map(([name, bytes]) => [`${name}.gz`, gzip(bytes)]),
    );
    await expectSame({ 'gzip.zip': zip(packed) });
    await expectSame({
      'archive.zip': zip({
        'mnist_train.csv': Buffer.from(csvText(train)),
        'mnist_test.csv': gzip(Buffer.from(csvText(test))),
        '__MACOSX/._mnist_train.csv': Uint8Array.of(0, 5, 22, 7),
      }),
    });
    await expectSame({ 'archive.tar': tarBytes(arrays) });
  });
});

describe('pictures', () => {
  it('are never those that a system keeps, on the disk or in an archive', async () => {
    const files = {
      ...pngFiles(train),
      ...pngFiles(test, '', () => '@eaDir'),
      ...pngFiles(test, '', () => '#recycle'),
    };
    for (const folderOrArchive of [files, { 'a.zip': zip(files) }]) {
      expect((await open(folderOrArchive, { holdOut: 0.2 })).info.classNames).toEqual(['0', '1', '2']);
    }
  });

  it('may be more than are named', async () => {
    const many = smallImages(400);
    expect(
      (
        await open(
          pngFiles(many, '', (label) => `class ${label}`),
          { holdOut: 0.2 },
        )
      ).info.classNames,
    ).toHaveLength(3);
  });

  it('are read in the order of their classes, the same out of an archive', async () => {
    const files = { ...pngFiles(train, 'mnist_png/training/'), ...pngFiles(test, 'mnist_png/testing/') };
    const onDisk = await open(files);
    expect(onDisk.info).toMatchObject({
      name: 'mnist_png',
      trainCount: 30,
      testCount: 12,
      classNames: ['0', '1', '2'],
      trainPerClass: [10, 10, 10],
      notes: [],
    });
    expect(onDisk.train.pixels.subarray(0, 16)).toEqual(train.pixels.subarray(0, 16));
    const sorted = Object.fromEntries(
      Object.entries(files).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
    );
    for (const archive of [{ 'a.zip': zip(sorted) }, { 'a.tgz': gzipSync(tarBytes(sorted)) }]) {
      const found = await open(archive);
      expect(found.info.hash).toBe(onDisk.info.hash);
      expect(found.train).toEqual(onDisk.train);
    }
  });

  it('give their folders’ names to the classes, and are inverted if they show ink on paper', async () => {
    const paper = { ...train, pixels: train.pixels.map((pixel) => 255 - pixel) };
    const { info, train: held } = await open(
      pngFiles(paper, '', (label) => ['B', 'C', 'A'][label]!),
      { holdOut: 0.2 },
    );
    expect(info.classNames).toEqual(['A', 'B', 'C']);
    expect(info.notes[0]).toContain('inverted');
    expect(Math.min(...held.pixels)).toBe(0);
  });
});

describe('a dataset that asks first', () => {
  it('has several tables, or a test set without labels', async () => {
    await write({
      'train.csv': csvText(train),
      'test.csv': csvText(test).replaceAll(/^[^,]*,/gm, ''),
      'sample_submission.csv': 'ImageId,Label\n1,0\n2,0\n',
    });
    expect(await locateDataset(folderSource(folder))).toMatchObject({
      kind: 'hold-out',
      collection: 'train.csv',
      file: 'train.csv',
    });
    expect((await openFolder(folder, { holdOut: 0.2 })).info.notes[0]).toBe(
      'test.csv has no labels, so it cannot be tested on.',
    );
    await write({ 'mnist.npz': zip(arrays) });
    expect(await locateDataset(folderSource(folder))).toMatchObject({
      kind: 'which',
      choices: [{ collection: 'mnist.npz' }, { collection: 'train.csv' }],
    });
  });

  it('is asked nothing new if the files of MNIST lie beside it', async () => {
    await write({ ...idxFiles(), 'mnist.npz': zip(arrays) });
    expect(isQuestion(await locateDataset(folderSource(folder)))).toBe(false);
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
    await write({ 'page.html': '<html><title>Hello</title></html>' });
    await expect(openFile('page.html')).rejects.toThrow(
      /^page\.html is a web page \(“Hello”\): expected a folder, or a file of a dataset/,
    );
    await write({ 'other.csv': 'name,age\nAda,36\n' });
    await expect(openFile('other.csv')).rejects.toThrow(StudioError);
  });

  it('is refused by what it is, or by what is wrong with it, if a dataset lies beside it', async () => {
    await write({ ...idxFiles(), 'notes.csv': 'name,age\nAda,36\n', 'broken.zip': zip(arrays).subarray(0, -30) });
    await expect(openFile('notes.csv')).rejects.toThrow(
      /^notes\.csv is a text.*no images with labels were found in it/,
    );
    await expect(openFile('broken.zip')).rejects.toThrow(/^broken\.zip is cut off/);
  });

  it('is opened, whatever else lies beside it', async () => {
    await write({
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
    await write({ 'backup.tar.gz': gzipSync(tarBytes(idxFiles())) });
    await truncate(join(folder, 'backup.tar.gz'), 2 ** 30 + 1);
    await expect(locateDataset(folderSource(folder))).rejects.toThrow(
      'backup.tar.gz is larger than 1 GiB, and was not looked into. Please',
    );
    await expect(locateDataset(folderSource(folder, { collection: 'backup.tar.gz' }))).resolves.toMatchObject({
      id: expect.stringContaining('backup.tar.gz/'),
    });
  });
});

describe('labels.txt', () => {
  const words = { 'labels.txt': 'cat\ndog\nowl\n' };

  it.each([
    ['arrays', { 'mnist.npz': zip(arrays) }],
    ['tables', { 'mnist_train.csv': csvText(train), 'mnist_test.csv': csvText(test) }],
    ['an archive', { 'mnist.zip': zip(idxFiles()) }],
    ['folders of pictures', { ...pngFiles(train, 'train/'), ...pngFiles(test, 'test/') }],
  ])('names the classes if it lies beside %s', async (_what, files) => {
    expect((await open({ ...files, ...words })).info.classNames).toEqual(['cat', 'dog', 'owl']);
  });

  it('is passed over with a note if the labels are words, or if it is far too long', async () => {
    const named = {
      ...pngFiles(train, 'train/', (label) => 'ABC'[label]!),
      ...pngFiles(test, 'test/', (label) => 'ABC'[label]!),
    };
    const { info } = await open({ ...named, ...words });
    expect([info.classNames, info.notes]).toEqual([
      ['A', 'B', 'C'],
      ['labels.txt was passed over, since the labels of the files are words.'],
    ]);
    const long = await open({ 'mnist.npz': zip(arrays), 'labels.txt': '0\n1\n'.repeat(300_000) });
    expect(long.info.notes).toEqual([
      'labels.txt was passed over, since it does not name the classes: it is 1.1 MB large, and at most 1 MB ' +
        'was expected.',
    ]);
  });
});

describe('a program that reads the test images', () => {
  it('asks a tar archive for the path that is written in it', async () => {
    const dotted = Object.fromEntries(Object.entries(idxFiles()).map(([name, bytes]) => [`./${name}`, bytes]));
    const { testSource } = (await open({ 'mnist.tgz': gzipSync(tarBytes(dotted)) })).info;
    expect(readParts(testSource as PartsTestSource).images).toContain('extractfile("./t10k-images-idx3-ubyte")');
  });
});
