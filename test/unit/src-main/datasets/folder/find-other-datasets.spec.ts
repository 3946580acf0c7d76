// Datasets of other kinds than IDX files, found and read as the app does it.
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateDataset } from '../../../../../src-main/datasets/dataset-files';
import { readParts } from '../../../../../src-main/formats/snippets/python-parts';
import type { Dataset } from '../../../../../src-main/trainer/data/dataset';
import { folderSource, isQuestion } from '../../../../../src-shared/data/dataset';
import type { PartsTestSource } from '../../../../../src-shared/data/test-source';
import { arrays, idxFiles, open, test, train, write, zip, type Files } from '../../../../fixtures/dataset-folder';
import { makeFolder, openFolder } from '../../../../fixtures/folders';
import { gzip } from '../../../../fixtures/idx';
import { csvText, npyBytes, pngFiles, smallImages } from '../../../../fixtures/other-datasets';
import { tarBytes } from '../../../../fixtures/tar';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(() => remove());

const float32 = (values: Iterable<number>) => new Uint8Array(Float32Array.from(values).buffer);
const int64 = (values: number[]) => new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);

/** The same images, labels and hash as the IDX files have. */
async function expectSame(files: Files): Promise<Dataset> {
  const expected = await open(folder, idxFiles());
  const found = await open(folder, files);
  expect(found.train).toEqual(expected.train);
  expect(found.test).toEqual(expected.test);
  expect(found.info.hash).toBe(expected.info.hash);
  return found;
}

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
      expect((await open(folder, folderOrArchive, { holdOut: 0.2 })).info.classNames).toEqual(['0', '1', '2']);
    }
  });

  it('may be more than are named', async () => {
    const many = smallImages(400);
    expect(
      (
        await open(
          folder,
          pngFiles(many, '', (label) => `class ${label}`),
          { holdOut: 0.2 },
        )
      ).info.classNames,
    ).toHaveLength(3);
  });

  it('are read in the order of their classes, the same out of an archive', async () => {
    const files = { ...pngFiles(train, 'mnist_png/training/'), ...pngFiles(test, 'mnist_png/testing/') };
    const onDisk = await open(folder, files);
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
      const found = await open(folder, archive);
      expect(found.info.hash).toBe(onDisk.info.hash);
      expect(found.train).toEqual(onDisk.train);
    }
  });

  it('give their folders’ names to the classes, and are inverted if they show ink on paper', async () => {
    const paper = { ...train, pixels: train.pixels.map((pixel) => 255 - pixel) };
    const { info, train: held } = await open(
      folder,
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
    await write(folder, {
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
    await write(folder, { 'mnist.npz': zip(arrays) });
    expect(await locateDataset(folderSource(folder))).toMatchObject({
      kind: 'which',
      choices: [{ collection: 'mnist.npz' }, { collection: 'train.csv' }],
    });
  });

  it('is asked nothing new if the files of MNIST lie beside it', async () => {
    await write(folder, { ...idxFiles(), 'mnist.npz': zip(arrays) });
    expect(isQuestion(await locateDataset(folderSource(folder)))).toBe(false);
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
    expect((await open(folder, { ...files, ...words })).info.classNames).toEqual(['cat', 'dog', 'owl']);
  });

  it('is passed over with a note if the labels are words, or if it is far too long', async () => {
    const named = {
      ...pngFiles(train, 'train/', (label) => 'ABC'[label]!),
      ...pngFiles(test, 'test/', (label) => 'ABC'[label]!),
    };
    const { info } = await open(folder, { ...named, ...words });
    expect([info.classNames, info.notes]).toEqual([
      ['A', 'B', 'C'],
      ['labels.txt was passed over, since the labels of the files are words.'],
    ]);
    const long = await open(folder, { 'mnist.npz': zip(arrays), 'labels.txt': '0\n1\n'.repeat(300_000) });
    expect(long.info.notes).toEqual([
      'labels.txt was passed over, since it does not name the classes: it is 1.1 MB large, and at most 1 MB ' +
        'was expected.',
    ]);
  });
});

describe('a program that reads the test images', () => {
  it('asks a tar archive for the path that is written in it', async () => {
    const dotted = Object.fromEntries(Object.entries(idxFiles()).map(([name, bytes]) => [`./${name}`, bytes]));
    const { testSource } = (await open(folder, { 'mnist.tgz': gzipSync(tarBytes(dotted)) })).info;
    expect(readParts(testSource as PartsTestSource).images).toContain('extractfile("./t10k-images-idx3-ubyte")');
  });
});
