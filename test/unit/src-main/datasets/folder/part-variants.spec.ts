// Arrays and tables that could be the same part of a dataset: images of one are never read with the labels of another.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateDataset } from '../../../../../src-main/datasets/dataset-files';
import type { Dataset } from '../../../../../src-main/trainer/data/dataset';
import { folderSource, type FolderAnswers } from '../../../../../src-shared/data/dataset';
import { makeFolder, openFolder } from '../../../../fixtures/folders';
import { csvText, npyBytes, npyFiles, smallImages, type SmallImages } from '../../../../fixtures/other-datasets';

type Files = Record<string, Uint8Array | string>;
let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

const [train, test] = [smallImages(30), smallImages(12)];
/** Other images and labels, as many as the first ones. */
const other = ({ pixels, labels, side }: SmallImages): SmallImages => ({
  pixels: pixels.map((pixel) => pixel >> 1),
  labels: labels.map((label) => 2 - label),
  side,
});
const renamed = (files: Record<string, Uint8Array>, nameOf: (name: string) => string) =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${nameOf(name.replace('.npy', ''))}.npy`, bytes]));
const arrays = npyFiles(train, test);
const others = npyFiles(other(train), other(test));

async function write(files: Files): Promise<void> {
  await rm(folder, { recursive: true });
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

async function open(files: Files, answers?: FolderAnswers): Promise<Dataset> {
  await write(files);
  return openFolder(folder, answers);
}

/** The images and labels of the first dataset, or else of the other one. */
async function expectRead(
  files: Files,
  answers: FolderAnswers,
  expected: { train: SmallImages; test: SmallImages },
): Promise<string> {
  const found = await open(files, answers);
  for (const set of ['train', 'test'] as const) {
    expect(found[set].pixels).toEqual(expected[set].pixels);
    expect([...found[set].labels]).toEqual(expected[set].labels);
  }
  return found.info.notes.join(' ');
}
const FIRST = { train, test };
const OTHER = { train: other(train), test: other(test) };

describe('two datasets in one file', () => {
  const two = zipSync({
    ...renamed(others, (name) => `fashion_${name}`),
    ...renamed(arrays, (name) => `mnist_${name}`),
  });

  it('are asked about, and not mixed', async () => {
    await write({ 'both.npz': two });
    const choices = [
      { collection: 'both.npz:fashion', title: 'both-fashion' },
      { collection: 'both.npz:mnist', title: 'both-mnist' },
    ];
    expect(await locateDataset(folderSource(folder))).toMatchObject({ kind: 'which', choices });
    expect(await locateDataset(folderSource(folder, { collection: 'both.npz' }))).toMatchObject({
      kind: 'which',
      choices,
    });
    await expectRead({ 'both.npz': two }, { collection: 'both.npz:mnist' }, FIRST);
    await expectRead({ 'both.npz': two }, { collection: 'both.npz:fashion' }, OTHER);
    await write({ 'both.npz': two.subarray(0, -30), 'mnist.npz': zipSync(arrays) });
    await expect(locateDataset(folderSource(folder, { collection: 'both.npz:mnist' }))).rejects.toThrow(
      /^both\.npz is cut off/,
    );
  });

  it('are one, if the others have no labels: they are passed over', async () => {
    const images = {
      'x_train_adversarial.npy': others['x_train.npy']!,
      'x_test_adversarial.npy': others['x_test.npy']!,
    };
    const notes = await expectRead({ 'mnist.npz': zipSync({ ...images, ...arrays }) }, {}, FIRST);
    expect(notes).toContain('x_train_adversarial, x_test_adversarial: passed over');
    expect(await expectRead({ ...images, ...arrays }, {}, FIRST)).toBe('');
  });

  it('are asked about if each of them goes with the same labels', async () => {
    const { 'x_train.npy': x, ...rest } = arrays;
    await write({
      'mnist.npz': zipSync({ 'x_train_clean.npy': x!, 'x_train_noisy.npy': others['x_train.npy']!, ...rest }),
    });
    expect(await locateDataset(folderSource(folder))).toMatchObject({
      kind: 'which',
      choices: [{ collection: 'mnist.npz:clean' }, { collection: 'mnist.npz:noisy' }],
    });
  });
});

describe('a copy', () => {
  const copies = { 'x_train (1).npy': others['x_train.npy']!, 'x_test (1).npy': others['x_test.npy']! };
  const tables = { 'train.csv': csvText(train), 'train (1).csv': csvText(other(train)), 'test.csv': csvText(test) };

  it('is passed over beside its original', async () => {
    expect(await expectRead({ ...arrays, ...copies }, {}, FIRST)).toContain(
      'x_test (1).npy, x_train (1).npy: passed over',
    );
    expect(await expectRead(tables, {}, FIRST)).toContain('train (1).csv: passed over');
  });

  it('is read if it is the file that was given, or all there is', async () => {
    await write(tables);
    expect(await locateDataset(folderSource(folder, { collection: 'train (1).csv' }))).toMatchObject({
      kind: 'hold-out',
      file: 'train (1).csv',
    });
    const { 'x_train.npy': x, ...rest } = arrays;
    await expectRead({ 'x_train (1).npy': x!, ...rest }, {}, FIRST);
  });
});

describe('names that differ', () => {
  it('do not keep arrays of one file apart if each is there once', async () => {
    const names: Record<string, string> = {
      x_train: 'train_set_x_orig',
      y_train: 'train_set_y',
      x_test: 'test_set_x_orig',
      y_test: 'test_set_y',
    };
    await expectRead({ 'cats.npz': zipSync(renamed(arrays, (name) => names[name]!)) }, {}, FIRST);
    const halves: Record<string, string> = {
      ...names,
      x_train: 'x_train',
      y_train: 'y_train',
      x_test: 'x_test_orig',
      y_test: 'y_test',
    };
    await expectRead({ 'cats.npz': zipSync(renamed(arrays, (name) => halves[name]!)) }, {}, FIRST);
    const words: Record<string, string> = {
      x_train: 'train_data',
      y_train: 'train_target',
      x_test: 'test_data',
      y_test: 'test_target',
    };
    await expectRead(
      renamed(arrays, (name) => words[name]!),
      {},
      FIRST,
    );
  });

  it('leave images with the labels that are named as they are', async () => {
    const mixed = {
      'train_images.npy': others['x_train.npy']!,
      'x_train.npy': arrays['x_train.npy']!,
      'y_train.npy': arrays['y_train.npy']!,
      'train_labels.npy': others['y_train.npy']!,
    };
    const { labels } = (await open({ 'mnist.npz': zipSync(mixed) }, { holdOut: 0.2 })).train;
    expect([...labels.subarray(0, 2)]).toEqual([2, 1]);
    expect(
      (await open({ 'mnist.npz': zipSync({ ...arrays, 'x_train_mean.npy': npyBytes([4, 4], new Uint8Array(16)) }) }))
        .info.trainCount,
    ).toBe(30);
  });
});
