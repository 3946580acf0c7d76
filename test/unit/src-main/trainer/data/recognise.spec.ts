import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recognise, type Evidence } from '../../../../../src-main/trainer/data/recognise';
import { sampleImages } from '../../../../../src-main/trainer/data/dataset';
import { makeFolder, openFolder, openFiles, writeDataset } from '../../../../fixtures/folders';
import { gzip, idxBytes, labelsInTurn, smallDatasetFiles, type DatasetFiles } from '../../../../fixtures/idx';
import { loadMnist } from '../../../../fixtures/mnist';

/** Folder of Debian's package dataset-fashion-mnist. */
const DEBIAN_FASHION = '/usr/share/datasets/fashion-mnist';
const KUZUSHIJI_GZ = [
  '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4',
  'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17',
  'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5',
  '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c',
];

const path = (folder: string) => ({
  id: '',
  prefix: '',
  trainImages: join(folder, 'train-images-idx3-ubyte'),
  trainLabels: join(folder, 'train-labels-idx1-ubyte'),
});

/** With the counts and sizes of MNIST. */
function evidence(changes: Partial<Evidence>): Evidence {
  return {
    files: path('/data/digits'),
    source: { kind: 'folder', folder: '/data/digits' },
    hash: '',
    packedHashes: ['', '', '', ''],
    rows: 28,
    columns: 28,
    labels: Array.from({ length: 10 }, (_, k) => k),
    trainPerClass: new Array<number>(10).fill(6000),
    testPerClass: new Array<number>(10).fill(1000),
    ...changes,
  };
}

/** Four files named as in EMNIST and QMNIST. */
function family(prefix: string, classes: number, first: number): DatasetFiles {
  const { trainImages, trainLabels, testImages, testLabels } = smallDatasetFiles({
    train: 2 * classes,
    test: classes,
    rows: 3,
    columns: 4,
  });
  const name = (file: string) => `${prefix}-${file.replace('t10k', 'test')}`;
  const labels = (count: number) => gzip(idxBytes([count], labelsInTurn(count, classes, first)));
  return {
    trainImages: { ...trainImages, name: name(trainImages.name) },
    trainLabels: { name: name(trainLabels.name), bytes: labels(2 * classes) },
    testImages: { ...testImages, name: name(testImages.name) },
    testLabels: { name: name(testLabels.name), bytes: labels(classes) },
  };
}

describe('a dataset that is not well known', () => {
  it('is named after its folder, and its classes after their labels', () => {
    expect(recognise(evidence({}))).toEqual({
      name: 'digits',
      recognisedAs: undefined,
      classNames: [...'0123456789'],
      labelErrors: [],
    });
    expect(recognise(evidence({ files: { ...path('/data/digits/old'), prefix: 'emnist-kanji' } })).name).toBe('old');
  });

  it('may have some of the files of Kuzushiji-MNIST', () => {
    expect(recognise(evidence({ packedHashes: KUZUSHIJI_GZ.slice(0, 2) })).recognisedAs).toBeUndefined();
    expect(recognise(evidence({ packedHashes: [...KUZUSHIJI_GZ.slice(0, 3), ''] })).recognisedAs).toBeUndefined();
  });

  it('may be in a folder called KMNIST if its images are others', () => {
    const files = path('/data/KMNIST');
    for (const changes of [
      { rows: 27 },
      { columns: 32 },
      { trainPerClass: [5999, 6001] },
      { testPerClass: [], labels: Array.from({ length: 9 }, (_, k) => k) },
    ]) {
      expect(recognise(evidence({ files, ...changes })).name).toBe('KMNIST');
    }
    expect(
      recognise(
        evidence({ files: { ...path('/data/digits'), trainImages: '/data/digits/kmnist-train-images-idx3-ubyte' } }),
      ).name,
    ).toBe('digits');
  });
});

describe('a well-known dataset is recognised', () => {
  it('MNIST by its bytes, with its test images whose label is wrong', async () => {
    const mnist = await loadMnist();
    expect(mnist.info).toMatchObject({
      name: 'MNIST',
      recognisedAs: 'MNIST',
      trainCount: 60_000,
      testCount: 10_000,
      rows: 28,
      columns: 28,
    });
    expect(mnist.info.trainPerClass).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(mnist.info.testPerClass).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect(mnist.info.zeroShare).toBeCloseTo(0.8088, 4);
    expect([...mnist.train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    // The labels at these positions. If positions were counted from 1, most would differ.
    expect(mnist.info.labelErrors.map((index) => mnist.test.labels[index])).toEqual([
      8, 0, 9, 4, 2, 5, 6, 6, 5, 5, 0, 1, 4, 6, 5,
    ]);
    expect(sampleImages(mnist, 1).samples.subarray(0, 784)).toEqual(mnist.train.pixels.subarray(784, 1568));
  });

  it('Fashion-MNIST by its bytes', () => {
    const fashion = recognise(evidence({ hash: '14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214' }));
    expect(fashion).toMatchObject({ name: 'Fashion-MNIST', recognisedAs: 'Fashion-MNIST', labelErrors: [] });
    expect(fashion.classNames[9]).toBe('Ankle boot');
  });

  it.skipIf(!existsSync(DEBIAN_FASHION))('the Fashion-MNIST that Debian has', async () => {
    expect((await openFolder(DEBIAN_FASHION)).info).toMatchObject({
      recognisedAs: 'Fashion-MNIST',
      trainPerClass: new Array(10).fill(6000),
    });
  });

  it('Kuzushiji-MNIST by its four .gz files', () => {
    const kuzushiji = recognise(evidence({ packedHashes: KUZUSHIJI_GZ }));
    expect(kuzushiji).toMatchObject({ name: 'Kuzushiji-MNIST', recognisedAs: 'Kuzushiji-MNIST' });
    expect(kuzushiji.classNames[2]).toBe('す (su)');
  });

  it('Kuzushiji-MNIST, as a guess, by a folder on its path and its numbers', () => {
    for (const folder of ['/data/KMNIST/raw', '/data/Kuzushiji-MNIST (unpacked)']) {
      expect(recognise(evidence({ files: path(folder) }))).toMatchObject({
        name: 'Kuzushiji-MNIST',
        recognisedAs: undefined,
        classNames: expect.arrayContaining(['を (wo)']),
      });
    }
  });

  it.each([
    ['byclass', 'EMNIST ByClass', 62, 0, 'z'],
    ['bymerge', 'EMNIST ByMerge', 47, 0, 't'],
    ['balanced', 'EMNIST Balanced', 47, 0, 't'],
    ['letters', 'EMNIST Letters', 26, 1, 'Zz'],
    ['digits', 'EMNIST Digits', 10, 0, '9'],
    ['mnist', 'EMNIST MNIST', 10, 0, '9'],
  ])('EMNIST %s by the names of its files', async (part, name, classes, first, last) => {
    const { info } = await openFiles(family(`emnist-${part}`, classes, first));
    expect(info).toMatchObject({ name, recognisedAs: undefined, labelErrors: [] });
    expect([info.classNames.length, info.classNames.at(-1)]).toEqual([classes, last]);
  });

  it('EMNIST with the classes of its mapping, if there is one', async () => {
    const mapping = {
      name: 'emnist-digits-mapping.txt',
      bytes: new TextEncoder().encode(Array.from({ length: 10 }, (_, k) => `${k} ${97 + k}`).join('\n')),
    };
    const { info } = await openFiles({ ...family('emnist-digits', 10, 0), mapping } as DatasetFiles);
    expect(info.classNames.join('')).toBe('abcdefghij');
  });

  it('QMNIST by the names of its files, with labels of eight numbers', async () => {
    const files = family('qmnist', 10, 0);
    const rows = Buffer.alloc(20 * 32, 0x7f);
    for (let k = 0; k < 20; k++) rows.writeInt32BE(k % 10, 32 * k);
    const { info, train } = await openFiles({
      ...files,
      trainLabels: { name: 'qmnist-train-labels-idx2-int.gz', bytes: gzip(idxBytes([20, 8], rows, 0x0c)) },
    });
    expect(info).toMatchObject({ name: 'QMNIST', recognisedAs: undefined, notes: [], labelErrors: [] });
    expect(train.labels).toEqual(Uint16Array.from(labelsInTurn(20)));
  });
});

describe('EMNIST', () => {
  it('is turned upright: rows and columns are swapped, also if they differ', async () => {
    const files = family('emnist-digits', 10, 0);
    const asInFile = idxBytes(
      [20, 2, 3],
      Uint8Array.from({ length: 120 }, (_, k) => k),
    );
    const testImages = {
      ...files.testImages,
      bytes: gzip(
        idxBytes(
          [10, 2, 3],
          Uint8Array.from({ length: 60 }, (_, k) => 200 - k),
        ),
      ),
    };
    const { info, train, test } = await openFiles({
      ...files,
      testImages,
      trainImages: { ...files.trainImages, bytes: asInFile },
    });
    expect([info.rows, info.columns]).toEqual([3, 2]);
    expect([...train.pixels.subarray(6, 12)]).toEqual([6, 9, 7, 10, 8, 11]);
    expect([...test.pixels.subarray(0, 6)]).toEqual([200, 197, 199, 196, 198, 195]);
    expect(info.notes).toEqual([
      'EMNIST’s files hold every image on its side: rows and columns were swapped to turn them upright.',
    ]);
  });

  it.each(['emnist-new', 'emnist_digits', 'my-emnist-digits', 'copy of emnist-digits', 'old emnist.letters'])(
    'is also turned upright if its files are called “%s”',
    async (prefix) => {
      expect((await openFiles(family(prefix, 10, 0))).info).toMatchObject({
        recognisedAs: undefined,
        rows: 4,
        columns: 3,
        testSource: { transposed: true },
      });
    },
  );

  it.each([
    ['EMNIST', 4, 3],
    ['emnist letters', 4, 3],
    ['FEMNIST', 3, 4],
    ['kmnist', 3, 4],
  ])('is also turned if only a folder says so: “%s”', async (name, rows, columns) => {
    const { folder, remove } = await makeFolder();
    await mkdir(join(folder, name));
    await writeDataset(join(folder, name), smallDatasetFiles({ train: 20, test: 10, rows: 3, columns: 4 }));
    expect((await openFolder(folder)).info).toMatchObject({ rows, columns });
    expect((await openFolder(join(folder, name))).info).toMatchObject({ rows, columns });
    expect((await openFolder(folder, { transposed: rows === 3 })).info).toMatchObject({ rows: columns, columns: rows });
    await remove();
  });
});
