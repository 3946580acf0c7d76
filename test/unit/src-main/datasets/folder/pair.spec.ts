// Which files belong together where a part of a dataset is there more than once.
import { rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateDataset } from '../../../../../src-main/datasets/dataset-files';
import {
  folderSource,
  isQuestion,
  type Collection,
  type FolderAnswers,
  type FolderSource,
  type OpenQuestion,
} from '../../../../../src-shared/data/dataset';
import { makeFolder } from '../../../../fixtures/folders';
import { fourFiles, NAMES, PACKED, writeAt, writeFour } from '../../../../fixtures/folder-tree';
import { gzip, idxBytes, labelsInTurn } from '../../../../fixtures/idx';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

const locate = (answers: FolderAnswers = {}) => locateDataset(folderSource(folder, answers));
const within = (path: string | undefined) => path && relative(folder, path).split(sep).join('/');

async function found(answers?: FolderAnswers): Promise<{ files: (string | undefined)[]; notes: string[] }> {
  const result = await locate(answers);
  if (isQuestion(result)) throw new Error(`A question: ${JSON.stringify(result)}`);
  const { trainImages, trainLabels, testImages, testLabels, notes } = result as Collection;
  return { files: [trainImages, trainLabels, testImages, testLabels].map(within), notes: notes ?? [] };
}

async function choices(): Promise<string[]> {
  const question = (await locate()) as OpenQuestion;
  if (question.kind !== 'which') throw new Error(`Not which: ${question.kind}`);
  return question.choices.map(({ collection }) => collection);
}

describe('the files of two datasets are never mixed', () => {
  it('where one is packed and the other is not: it asks which', async () => {
    await writeFour(folder, NAMES, 3);
    await writeFour(folder, PACKED);
    expect(await choices()).toEqual([`:${NAMES[0]!}`, `:${PACKED[0]!}`]);
    expect((await found({ collection: `:${PACKED[0]!}` })).files).toEqual(PACKED);
    expect((await found({ collection: `:${NAMES[0]!}` })).files).toEqual(NAMES);
  });

  it('where of one only the images are there: the whole one is taken, and a note says so', async () => {
    await writeFour(folder, PACKED);
    await writeFour(folder, NAMES.slice(0, 1), 3);
    expect(await found()).toEqual({
      files: PACKED,
      notes: ['train-images-idx3-ubyte: passed over, since these are files of another dataset.'],
    });
  });

  it('where one has no test set: it asks which, and then for a share to hold out', async () => {
    await writeFour(folder, PACKED);
    await writeFour(folder, NAMES.slice(0, 2), 3);
    expect(await choices()).toEqual([`:${NAMES[0]!}`, `:${PACKED[0]!}`]);
    expect(await locate({ collection: `:${NAMES[0]!}` })).toMatchObject({ kind: 'hold-out', file: NAMES[0] });
  });

  it.each([0, 60_000])(
    'where labels were corrected after the first ones: a note says which file was passed over, if there are %i ' +
      'more images',
    async (more) => {
      const labels = (last: number) => idxBytes([6000 + more], labelsInTurn(6000 + more).fill(last, -9));
      await writeFour(folder, NAMES);
      await writeAt(folder, NAMES[1]!, labels(1));
      await writeAt(folder, `${NAMES[1]!} (1)`, gzip(labels(2)));
      expect((await found()).notes).toEqual([
        'train-labels-idx1-ubyte (1): passed over, since these are files of another dataset.',
      ]);
      await writeAt(folder, `${NAMES[1]!} (1)`, gzip(labels(1)));
      expect((await found()).notes).toEqual([]);
      await rm(join(folder, `${NAMES[1]!} (1)`));
    },
  );

  it('where there are two files of images and one of labels: it asks which', async () => {
    const [images, labels] = fourFiles() as [Uint8Array, Uint8Array];
    await writeAt(folder, NAMES[0]!, images);
    await writeAt(folder, `${NAMES[0]!} (1)`, fourFiles(3)[0]!);
    await writeAt(folder, `${NAMES[1]!}.bin`, labels);
    expect(await choices()).toEqual([`:${NAMES[0]!}`, `:${NAMES[0]!} (1)`]);
  });

  it('where the browser has numbered the second one: it asks which', async () => {
    await writeFour(folder, PACKED);
    await writeFour(
      folder,
      NAMES.map((name) => `${name} (1).gz`),
      3,
    );
    expect(await choices()).toEqual([`:${NAMES[0]!} (1).gz`, `:${PACKED[0]!}`]);
  });

  it('where there is a test set of each name: it asks which', async () => {
    await writeFour(folder, NAMES);
    await writeFour(
      folder,
      NAMES.map((name) => name.replace('t10k', 'test')),
      3,
    );
    const [t10k, test] = [await rmAndFind('test'), await rmAndFind('t10k')];
    expect([t10k[2], test[2]]).toEqual(['t10k-images-idx3-ubyte', 'test-images-idx3-ubyte']);
  });

  async function rmAndFind(word: string): Promise<(string | undefined)[]> {
    const names = NAMES.slice(2).map((name) => name.replace('t10k', word));
    const kept = fourFiles(word === 'test' ? 3 : 1).slice(2);
    for (const name of names) await rm(join(folder, name));
    const { files } = await found();
    for (const [k, name] of names.entries()) await writeAt(folder, name, kept[k]!);
    return files;
  }

  it('where they have different names before them, or are in different folders', async () => {
    await writeFour(
      folder,
      PACKED.map((name) => `digits-${name}`),
    );
    await writeFour(
      folder,
      PACKED.map((name) => `clothes-${name}`),
      3,
    );
    await writeFour(
      folder,
      PACKED.map((name) => `more/${name}`),
      7,
    );
    expect(await choices()).toEqual(['clothes', 'digits', 'more/']);
  });
});

describe('copies are one dataset', () => {
  it('packed and not, in folders of their own and not, numbered and not', async () => {
    await writeFour(folder, PACKED);
    for (const names of [
      NAMES.map((name) => `${name}/${name}`),
      NAMES.map((name) => `${name} (1).gz`),
      NAMES.map((name) => `${name} copy`),
      NAMES.map((name) => name.replace('-idx', '.idx')),
    ])
      await writeFour(folder, names);
    expect(await found()).toEqual({ files: NAMES.map((name) => name.replace('-idx', '.idx')), notes: [] });
  });

  it('and fill each other’s gaps', async () => {
    await writeFour(folder, [NAMES[0]!, PACKED[1]!, `${NAMES[2]!} (1).gz`, PACKED[3]!]);
    expect((await found()).files).toEqual([NAMES[0], PACKED[1], `${NAMES[2]!} (1).gz`, PACKED[3]]);
  });
});

describe('of a damaged file and a whole one, the whole one is read, and a note says so', () => {
  const [images] = fourFiles() as [Uint8Array];
  it.each<[string, Uint8Array | string, string]>([
    ['empty', '', 'is empty'],
    ['cut off', images.subarray(0, 100), 'is cut off'],
    ['too long', Uint8Array.of(...images, 7), 'is longer than it should be'],
    ['a web page', '<html>', 'is not an IDX file'],
    ['gzip that is damaged', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 'is damaged'],
    ['gzip that is cut off', gzip(images).subarray(0, 60), 'is cut off'],
  ])('%s', async (_what, bytes, why) => {
    await writeFour(folder, PACKED);
    await writeAt(folder, NAMES[0]!, bytes);
    expect(await found()).toEqual({
      files: PACKED,
      notes: [`train-images-idx3-ubyte ${why}: train-images-idx3-ubyte.gz was read instead.`],
    });
  });

  it('a .gz that is cut off beside a second download', async () => {
    await writeFour(folder, PACKED);
    await writeFour(folder, [`${NAMES[0]!} (1).gz`]);
    await writeAt(folder, PACKED[0]!, gzip(images).subarray(0, 60));
    expect((await found()).files[0]).toBe(`${NAMES[0]!} (1).gz`);
  });
});

describe('images under the names of labels', () => {
  it('are taken for what they are, and a note says so', async () => {
    const swapped = [1, 0, 3, 2].map((k) => PACKED[k]!);
    await writeFour(folder, swapped);
    const { files, notes } = await found();
    expect(files).toEqual(swapped);
    expect(notes).toEqual([
      expect.stringContaining('the files of images hold labels, and those of labels hold images'),
    ]);
  });

  it('are left to be refused if there are no labels', async () => {
    const [first, , third, fourth] = fourFiles();
    for (const [k, bytes] of [first!, first!, third!, fourth!].entries()) await writeAt(folder, NAMES[k]!, bytes);
    expect((await found()).files).toEqual(NAMES);
  });
});

describe('a source that version 0.1 stored', () => {
  it('finds what that version found, by the same id, also if there is more to be found now', async () => {
    const letters = PACKED.map((name) => `gzip/emnist-letters-${name.replace('t10k', 'test')}`);
    await writeFour(folder, letters);
    await writeFour(
      folder,
      NAMES.map((name) => `${name}/${name}`),
      3,
    );
    await writeFour(folder, ['train_images', 'train_labels', 'test_images', 'test_labels'], 5);
    const source: FolderSource = { kind: 'folder', folder };
    const result = (await locateDataset(source)) as Collection;
    expect([within(result.trainImages), result.id, result.transposed]).toEqual([
      letters[0],
      'gzip/emnist-letters',
      true,
    ]);
    expect(await locateDataset({ ...source, collection: 'gzip/emnist-letters' })).toEqual(result);
    expect(isQuestion(await locate())).toBe(true);
  });

  it('has images turned only if its name begins with emnist, as that version did', async () => {
    await writeFour(
      folder,
      PACKED.map((name) => `my-emnist-${name}`),
    );
    expect(((await locateDataset({ kind: 'folder', folder })) as Collection).transposed).toBe(false);
    expect(((await locate()) as Collection).transposed).toBe(true);
  });
});
