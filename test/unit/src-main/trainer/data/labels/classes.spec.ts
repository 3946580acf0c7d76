// Labels in their usual forms, and the classes that they define.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateDataset } from '../../../../../../src-main/datasets/dataset-files';
import { loadDataset } from '../../../../../../src-main/trainer/data/load-dataset';
import type { Collection, FolderSource } from '../../../../../../src-shared/data/dataset';
import { makeFolder, openFiles, writeDataset } from '../../../../../fixtures/folders';
import { labelsInTurn, type DatasetFiles } from '../../../../../fixtures/idx';
import {
  datasetOfLabelRows,
  datasetOfLabels,
  datasetWith,
  idxOf,
  type NumberType,
} from '../../../../../fixtures/idx-datasets';

const refused = (files: DatasetFiles, sentence: string) =>
  expect(openFiles(files)).rejects.toMatchObject({
    code: 'label-out-of-range',
    message: expect.stringContaining(sentence),
  });
const oneHot = (columns: number) => (label: number) =>
  Array.from({ length: columns }, (_, column) => Number(column === label));

describe('labels are refused', () => {
  it('if they are fractions', async () => {
    await refused(
      datasetOfLabels((label) => label + 0.5, 'float32'),
      'train-labels-idx1-ubyte holds 0.5 for image 0 (counted from 0): expected labels that are whole numbers',
    );
    await refused(
      datasetOfLabels((label) => (label === 3 ? NaN : label), 'float64'),
      'holds NaN for image 3',
    );
    await refused(
      datasetOfLabels((label) => label * 1e10, 'float64'),
      'holds 10000000000 for image 1',
    );
  });

  it.each<[number, NumberType]>([
    [2, 'int32'],
    [3, 'uint8'],
    [8, 'uint8'],
    [8, 'int16'],
    [10, 'float32'],
  ])('if they are %i numbers of %s that are not one-hot', async (columns, type) => {
    await refused(
      datasetOfLabelRows(columns, (label) => [label, ...new Array<number>(columns - 1).fill(2)], type),
      `holds ${columns} numbers for each image: expected its label alone, the eight numbers of QMNIST, or rows ` +
        'with one 1',
    );
  });

  it('if a row has no 1, two of them, or another number', async () => {
    for (const strange of [
      [0, 0, 0],
      [1, 1, 0],
      [0.5, 0.5, 0],
      [1, 2, 0],
      [-1, 1, 0],
    ]) {
      await refused(
        datasetOfLabelRows(3, (label) => (label === 2 ? strange : oneHot(3)(label)), 'float32', 3),
        'holds 3 numbers for each image',
      );
    }
  });
});

describe('labels are read', () => {
  it.each<NumberType>(['uint8', 'int8', 'int16', 'int32', 'float32', 'float64'])(
    'as %s, in one row or one column',
    async (type) => {
      for (const files of [datasetOfLabels((label) => label, type), datasetOfLabelRows(1, (label) => [label], type)]) {
        const { info, train } = await openFiles(files);
        expect(train.labels).toEqual(Uint16Array.from(labelsInTurn(40)));
        expect(info).toMatchObject({
          classNames: [...'0123456789'],
          notes: [],
          testSource: { labelForm: 'number', classLabels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
        });
      }
    },
  );

  it.each<[number, NumberType]>([
    [2, 'int32'],
    [8, 'int32'],
    [10, 'uint8'],
    [10, 'int32'],
    [10, 'float32'],
    [26, 'float64'],
  ])('as one-hot rows of %i columns of %s', async (columns, type) => {
    const classes = Math.min(columns, 20);
    const { info, train } = await openFiles(datasetOfLabelRows(columns, oneHot(columns), type, classes));
    expect(train.labels).toEqual(Uint16Array.from(labelsInTurn(40, classes)));
    expect(info.classNames.length).toBe(classes);
    expect(info.notes).toEqual([
      expect.stringContaining('the label of an image is the column of the 1 in its row (one-hot)'),
    ]);
    expect(info.testSource?.labelForm).toBe('one-hot');
  });

  it('as the first of QMNIST’s eight integers', async () => {
    const { info, train } = await openFiles(
      datasetOfLabelRows(8, (label) => [label, 4, 2000, 17, 61, 0, 0, 0], 'int32'),
    );
    expect(train.labels).toEqual(Uint16Array.from(labelsInTurn(40)));
    expect(info.testSource?.labelForm).toBe('first-of-eight');
  });
});

describe('the classes are the labels that occur', () => {
  const opened = async (files: DatasetFiles) => {
    const { info, train, test } = await openFiles(files);
    return {
      names: info.classNames.join(' '),
      notes: info.notes,
      labels: [...new Set([...train.labels, ...test.labels])].sort((a, b) => a - b),
      source: info.testSource,
    };
  };

  it.each<[string, (label: number) => number, NumberType, string, string]>([
    ['threes and sevens', (label) => (label % 2 ? 7 : 3), 'uint8', '3 7', '3 and 7'],
    ['even digits', (label) => label - (label % 2), 'uint8', '0 2 4 6 8', '0, 2, 4, 6 and 8'],
    ['counted from 1', (label) => label + 1, 'uint8', '1 2 3 4 5 6 7 8 9 10', '1 to 10'],
    ['0 and 255', (label) => (label % 2 ? 255 : 0), 'uint8', '0 255', '0 and 255'],
    ['−1 and +1', (label) => (label % 2 ? 1 : -1), 'int32', '-1 1', '-1 and 1'],
    ['letters as their codes', (label) => label + 65, 'uint8', '65 66 67 68 69 70 71 72 73 74', '65 to 74'],
  ])('in ascending order: %s', async (_what, write, type, names, listed) => {
    const { names: found, notes, labels, source } = await opened(datasetOfLabels(write, type));
    expect(found).toBe(names);
    expect(labels).toEqual(names.split(' ').map((_, k) => k));
    expect(notes).toEqual([`The classes are the labels that occur, in ascending order: ${listed}.`]);
    expect(source?.classLabels).toEqual(names.split(' ').map(Number));
  });

  it('only in the test images, too: those count as mistakes', async () => {
    const trainLabels = idxOf(
      [40],
      labelsInTurn(40).map((label) => (label === 5 ? 4 : label)),
    );
    const { names, notes } = await opened(datasetWith({ trainLabels }));
    expect(names).toBe('0 1 2 3 4 5 6 7 8 9');
    expect(notes).toEqual([
      '2 test images have a label that no training image has (5): the network cannot learn it, so each of them ' +
        'counts as a mistake.',
    ]);
  });

  it.each([
    [255, 'uint8'],
    [-1, 'int32'],
  ] as [number, NumberType][])('and a label %i that is rare may mean that there is none', async (mark, type) => {
    const images = idxOf([400, 4, 4], new Uint8Array(6400).fill(7, 0, 50));
    const labels = Array.from(labelsInTurn(400));
    labels[7] = mark;
    const { notes } = await opened(datasetWith({ trainImages: images, trainLabels: idxOf([400], labels, type) }));
    expect(notes).toContain(
      `The label ${mark} is a class of its own here (training images: 1). If it means “no label”, please ` +
        'remove these images from the files.',
    );
  });
});

describe('a source that version 0.1 stored', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await makeFolder()));
  afterEach(() => remove());

  async function openAsStored(files: DatasetFiles) {
    await writeDataset(folder, files);
    const source: FolderSource = { kind: 'folder', folder };
    return loadDataset((await locateDataset(source)) as Collection, source, () => undefined);
  }

  it('refuses a test label beyond the training labels, as it did', async () => {
    const testLabels = labelsInTurn(20);
    testLabels[17] = 12;
    await expect(openAsStored(datasetWith({ testLabels: idxOf([20], testLabels) }))).rejects.toThrow(
      'holds the label 12 (of image 17, counted from 0): expected labels from 0 to 9',
    );
  });

  it('refuses a range of labels most of which do not occur, as it did', async () => {
    await expect(openAsStored(datasetOfLabels((label) => (label % 2 ? 7 : 3)))).rejects.toThrow(
      'holds labels from 3 to 7, but only 2 of these 5 have an image',
    );
  });

  it('has the classes that its run was trained on: the gaps are classes', async () => {
    const { info, train } = await openAsStored(datasetOfLabels((label) => label - (label % 2)));
    expect(info.classNames).toEqual([...'012345678']);
    expect(info.trainPerClass).toEqual([8, 0, 8, 0, 8, 0, 8, 0, 8]);
    expect([...train.labels.subarray(0, 4)]).toEqual([0, 0, 2, 2]);
  });

  it('uses the first of several numbers as the label, as its run did, however many there are', async () => {
    const { info, train } = await openAsStored(datasetOfLabelRows(2, (label) => [label, 7], 'int32'));
    expect(info.classNames).toEqual([...'0123456789']);
    expect([...train.labels.subarray(0, 3)]).toEqual([0, 1, 2]);
  });

  it('has the pixels that its run was trained on, also if they are zeros and ones', async () => {
    const images = (count: number) =>
      idxOf(
        [count, 4, 4],
        Uint8Array.from({ length: 16 * count }, (_, k) => k % 2),
      );
    expect((await openAsStored(datasetWith({ trainImages: images(40), testImages: images(20) }))).train.pixels[1]).toBe(
      1,
    );
  });
});
