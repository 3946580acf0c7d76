// Opens whole folders, from file names to a dataset. Refusals first: each names the file and says what was expected.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FolderSource, SplitFile } from '../../../../../src-shared/data/dataset';
import { StudioError } from '../../../../../src-shared/errors';
import { sampleImages } from '../../../../../src-main/trainer/data/dataset';
import { makeFolder, openFiles, openFolder, writeDataset } from '../../../../fixtures/folders';
import { idxBytes, labelsInTurn, smallDatasetFiles, type DatasetFiles } from '../../../../fixtures/idx';
import { loadMnist } from '../../../../fixtures/mnist';
import { randomDataset } from '../../../../fixtures/random-dataset';

const SMALL = { train: 40, test: 20, rows: 4, columns: 5 };

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

/** A small valid dataset with the bytes of some files replaced. */
function withFiles(bytes: Partial<Record<SplitFile, Uint8Array>>, prefix = ''): DatasetFiles {
  const files = Object.entries(smallDatasetFiles(SMALL)).map(([split, file]) => [
    split,
    {
      name: prefix + file.name.replace('t10k', prefix ? 'test' : 't10k'),
      bytes: bytes[split as SplitFile] ?? file.bytes,
    },
  ]);
  return Object.fromEntries(files) as DatasetFiles;
}
const withLabels = (train: Uint8Array, test: Uint8Array, prefix?: string) =>
  withFiles({ trainLabels: idxBytes([train.length], train), testLabels: idxBytes([test.length], test) }, prefix);

async function refusal(files: Partial<DatasetFiles>, answers?: Partial<FolderSource>): Promise<StudioError> {
  const error = await openFiles(files, answers).then(
    () => new Error('The files were accepted.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StudioError);
  return error as StudioError;
}

describe('a dataset is refused', () => {
  it('when images and labels differ in number', async () => {
    const error = await refusal(withFiles({ trainLabels: idxBytes([39], labelsInTurn(39)) }));
    expect(error.code).toBe('counts-differ');
    expect(error.message).toContain(
      'train-labels-idx1-ubyte.gz holds 39 labels, but train-images-idx3-ubyte.gz holds 40 images',
    );
  });

  it('when training and test images differ in size', async () => {
    const error = await refusal(withFiles({ testImages: idxBytes([20, 5, 5], new Uint8Array(500)) }));
    expect(error.code).toBe('sizes-differ');
    expect(error.message).toContain(
      't10k-images-idx3-ubyte.gz holds images of 5×5 pixels, but train-images-idx3-ubyte.gz holds 4×5',
    );
  });

  it('when all labels are the same', async () => {
    const error = await refusal(withLabels(new Uint8Array(40).fill(3), new Uint8Array(20).fill(3)));
    expect(error.code).toBe('label-out-of-range');
    expect(error.message).toContain(
      'train-labels-idx1-ubyte.gz holds the label 3 for all images: expected at least two different labels',
    );
  });

  it('when all of many test images have the same label, as test sets without labels do', async () => {
    const error = await refusal(withLabels(labelsInTurn(40), new Uint8Array(20)));
    expect(error.code).toBe('label-out-of-range');
    expect(error.message).toContain(
      't10k-labels-idx1-ubyte.gz holds the label 0 for all 20 images, as test sets without labels do',
    );
  });

  it('when there are more than 1,000 classes, and not when there are 1,000', async () => {
    const set = (classes: number): Partial<DatasetFiles> => {
      const labels = new DataView(new ArrayBuffer(4 * classes));
      for (let k = 0; k < classes; k++) labels.setInt32(4 * k, k);
      return {
        trainImages: { name: 'train-images-idx3-ubyte', bytes: idxBytes([classes, 2, 2], new Uint8Array(4 * classes)) },
        trainLabels: { name: 'train-labels-idx1-int', bytes: idxBytes([classes], new Uint8Array(labels.buffer), 0x0c) },
        testImages: { name: 't10k-images-idx3-ubyte', bytes: idxBytes([10, 2, 2], new Uint8Array(40)) },
        testLabels: { name: 't10k-labels-idx1-ubyte', bytes: idxBytes([10], labelsInTurn(10)) },
      };
    };
    const error = await refusal(set(1001));
    expect(error.code).toBe('too-many-classes');
    expect(error.message).toContain(
      'train-labels-idx1-int and t10k-labels-idx1-ubyte hold 1,001 different labels, from 0 to 1,000: expected ' +
        'at most 1,000 classes',
    );
    expect((await openFiles(set(1000))).info.classNames.length).toBe(1000);
  });

  it('when there is no test set and none can be held out', async () => {
    const { trainImages, trainLabels } = withFiles({
      trainImages: idxBytes([2, 4, 5], new Uint8Array(40)),
      trainLabels: idxBytes([2], Uint8Array.of(0, 1)),
    });
    const error = await refusal({ trainImages, trainLabels }, { holdOut: 0.5 });
    expect(error.code).toBe('file-missing');
    expect(error.message).toContain(
      'train-images-idx3-ubyte.gz has no test images beside it, and no class has two images',
    );
  });
});

describe('a dataset is read', () => {
  it('from gzip and plain files alike, whatever their names', async () => {
    const zipped = await openFiles(smallDatasetFiles(SMALL));
    const plain = await openFiles(withFiles({ trainLabels: idxBytes([40], labelsInTurn(40)) }));
    expect(plain.train.labels).toEqual(zipped.train.labels);
    expect(plain.info.hash).toBe(zipped.info.hash);
    expect(zipped.info).toMatchObject({
      name: 'My digits – été 手書き',
      trainCount: 40,
      testCount: 20,
      rows: 4,
      columns: 5,
      zeroShare: 0.95,
    });
    expect(zipped.info).toMatchObject({
      classNames: [...'0123456789'],
      recognisedAs: undefined,
      notes: [],
      labelErrors: [],
    });
    expect(zipped.info.trainPerClass).toEqual(new Array(10).fill(4));
  });

  it('and its files are listed with their bytes on the disk', async () => {
    const files = smallDatasetFiles(SMALL);
    expect((await openFiles(files)).info.files).toEqual(
      Object.values(files).map(({ name, bytes }) => ({ name, bytes: bytes.length })),
    );
  });

  it('with the labels that occur as classes and as their names', async () => {
    const { info, train, test } = await openFiles(withLabels(labelsInTurn(40, 3, 101), labelsInTurn(20, 2, 102)));
    expect(info.classNames).toEqual(['101', '102', '103']);
    expect([info.trainPerClass, info.testPerClass]).toEqual([
      [14, 13, 13],
      [0, 10, 10],
    ]);
    expect([...train.labels.subarray(0, 4), ...test.labels.subarray(0, 2)]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('from a subfolder, whose name it gets', async () => {
    await mkdir(join(folder, 'Runes'));
    await writeDataset(join(folder, 'Runes'), smallDatasetFiles(SMALL));
    expect((await openFolder(folder)).info).toMatchObject({ name: 'Runes', folder });
  });

  it('and its progress grows from chunk to chunk to 1', async () => {
    const steps: number[] = [];
    await loadMnist((done) => steps.push(done));
    expect(steps.length).toBeGreaterThan(10);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps[0]).toBeLessThan(0.2);
    expect(steps.at(-1)).toBe(1);
  });
});

describe('names of the classes', () => {
  it('come from labels.txt beside the files, and are refused if they do not fit', async () => {
    await writeDataset(folder, smallDatasetFiles(SMALL));
    await writeFile(join(folder, 'labels.txt'), 'zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n');
    expect((await openFolder(folder)).info.classNames[7]).toBe('seven');
    await writeFile(join(folder, 'labels.txt'), 'zero\none\n');
    await expect(openFolder(folder)).rejects.toMatchObject({
      code: 'class-names-wrong',
      message: expect.stringContaining('labels.txt does not name the classes: it has no name for the label 2'),
    });
  });
});

describe('samples', () => {
  it('are the first images of each class, in the order of the classes', async () => {
    const dataset = await openFiles(smallDatasetFiles(SMALL));
    const { samples, sampleLabels } = sampleImages(dataset, 2);
    expect([...sampleLabels]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]);
    expect(samples.subarray(20, 40)).toEqual(dataset.train.pixels.subarray(200, 220));
  });

  it('of a thousand classes are found in one pass', () => {
    const dataset = randomDataset({ train: 300_000, classes: 1000, pixels: 1 });
    const start = performance.now();
    const { sampleLabels } = sampleImages(dataset, 12);
    expect(performance.now() - start).toBeLessThan(500);
    expect(sampleLabels.length).toBe(12_000);
  });
});
