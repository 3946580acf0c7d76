// Where people have the files, and what they call them.
import { mkdir, rename, symlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateDataset } from '../../../../../src-main/datasets/dataset-files';
import { folderSource, isQuestion, type Collection, type FolderAnswers } from '../../../../../src-shared/data/dataset';
import { makeFolder } from '../../../../fixtures/folders';
import { NAMES, PACKED, writeAt, writeFour } from '../../../../fixtures/folder-tree';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

async function locate(answers: FolderAnswers = {}): Promise<Collection> {
  const found = await locateDataset(folderSource(folder, answers));
  if (isQuestion(found)) throw new Error(`A question: ${JSON.stringify(found)}`);
  return found;
}
const within = (path: string | undefined) => path && relative(folder, path).split(sep).join('/');
const filesOf = ({ trainImages, trainLabels, testImages, testLabels }: Collection) =>
  [trainImages, trainLabels, testImages, testLabels].map(within);

describe('a folder is refused', () => {
  it.each(['.part', '.crdownload', '.download', '.tmp'])(
    'while its downloads end in %s, and they are named',
    async (suffix) => {
      await writeFour(
        folder,
        PACKED.map((name) => name + suffix),
      );
      await expect(locate()).rejects.toThrow(
        `“t10k-images-idx3-ubyte.gz${suffix}”, “t10k-labels-idx1-ubyte.gz${suffix}”`,
      );
      await expect(locate()).rejects.toThrow('are downloads that have not ended');
    },
  );

  it('while one file is still being downloaded', async () => {
    await writeFour(folder, PACKED);
    await rename(join(folder, PACKED[0]!), join(folder, `${PACKED[0]!}.part`));
    await expect(locate()).rejects.toThrow(
      `lacks train-images-idx3-ubyte.gz (with or without .gz). “${PACKED[0]!}.part” is a download that has not ended.`,
    );
  });

  it('if it has only notes of a Mac, hidden files, and texts that are named like labels', async () => {
    for (const place of ['._', '.', '__MACOSX/'])
      await writeFour(
        folder,
        PACKED.map((name) => place + name),
      );
    for (const name of ['train_labels.txt', 'test-images', 'train.py', 'labels.txt'])
      await writeAt(folder, name, 'text');
    await expect(locate()).rejects.toThrow('holds no MNIST files, nor does a folder in it');
  });

  it('if the files are deeper than anybody unpacks them', async () => {
    await writeFour(
      folder,
      PACKED.map((name) => `a/b/c/d/e/${name}`),
    );
    await expect(locate()).rejects.toThrow('holds no MNIST files');
  });

  it('if images and labels are in folders of different names', async () => {
    await writeFour(folder, [
      `mnist/${PACKED[0]!}`,
      `fashion/${PACKED[1]!}`,
      `mnist/${PACKED[2]!}`,
      `fashion/${PACKED[3]!}`,
    ]);
    await expect(locate()).rejects.toThrow('lacks train-images-idx3-ubyte.gz and t10k-images-idx3-ubyte.gz');
  });
});

describe('files are found', () => {
  const dotted = NAMES.map((name) => name.replace('-idx', '.idx'));
  it.each<[string, string[]]>([
    ['unpacked into a folder each by 7-Zip', NAMES.map((name, k) => `${name}/${dotted[k]!}`)],
    ['unpacked into a folder each of the same name', NAMES.map((name) => `${name}/${name}`)],
    ['in the folders train and test', NAMES.map((name, k) => `${k < 2 ? 'train' : 'test'}/${name}`)],
    [
      'in the folders train and test, with names that leave the set out',
      ['train/images-idx3-ubyte', 'train/labels-idx1-ubyte', 'test/images-idx3-ubyte', 'test/labels-idx1-ubyte'],
    ],
    ['in the folders mnist-train and mnist-test', NAMES.map((name, k) => `mnist-${k < 2 ? 'train' : 'test'}/${name}`)],
    [
      'in the folders images and labels',
      [
        'images/train-idx3-ubyte.gz',
        'labels/train-idx1-ubyte.gz',
        'images/t10k-idx3-ubyte.gz',
        'labels/t10k-idx1-ubyte.gz',
      ],
    ],
    ['all in a folder called train', NAMES.map((name) => `train/${name}`)],
    ['below torchvision’s root', NAMES.map((name) => `data/MNIST/raw/${name}`)],
    ['without their kind', ['train-images.gz', 'train-labels.gz', 't10k-images.gz', 't10k-labels.gz']],
    ['with “test” and underscores', ['train_images', 'train_labels', 'test_images', 'test_labels']],
    ['with x and y', ['x_train.idx', 'y_train.idx', 'x_test.idx', 'y_test.idx']],
    ['in words that are joined', ['trainImages.bin', 'trainLabels.bin', 'testImages.bin', 'testLabels.bin']],
    [
      'with imgs and lbls',
      ['train-imgs-idx3-ubyte', 'train-lbls-idx1-ubyte', 't10k-imgs-idx3-ubyte', 't10k-lbls-idx1-ubyte'],
    ],
    [
      'with the content first',
      ['images-train.idx3-ubyte', 'labels-train.idx1-ubyte', 'images-test.idx3-ubyte', 'labels-test.idx1-ubyte'],
    ],
    ['with labels called idx3', PACKED.map((name) => name.replace('idx1', 'idx3'))],
    ['with what the address had after them', PACKED.map((name) => `${name}?download=1`)],
    ['with .idx', NAMES.map((name) => `${name}.idx`)],
    ['with a space', NAMES.map((name) => ` ${name} `)],
    ['as second downloads', NAMES.map((name) => `${name} (1).gz`)],
    ['as second downloads, numbered at the end', PACKED.map((name) => `${name} (2)`)],
    ['as copies', PACKED.map((name) => `Copy of ${name}`)],
    ['as a Mac’s copies', NAMES.map((name) => `${name} copy`)],
    ['as Windows’ copies', NAMES.map((name) => `${name} - Copy (2)`)],
    ['as OneDrive’s copies', NAMES.map((name) => `${name}-DESKTOP-AB12`)],
  ])('%s', async (_how, names) => {
    await writeFour(folder, names);
    await writeAt(folder, 'readme.txt', 'Training and test images.');
    expect(filesOf(await locate())).toEqual(names);
  });

  it('through links to folders, but in no circle and none twice', async () => {
    await writeFour(
      folder,
      PACKED.map((name) => `a/real/${name}`),
    );
    await mkdir(join(folder, 'b'));
    await symlink(join(folder, 'a'), join(folder, 'b', 'link'));
    await symlink(folder, join(folder, 'a', 'circle'));
    expect(filesOf(await locate())).toEqual(PACKED.map((name) => `a/real/${name}`));
    await rename(join(folder, 'a'), join(folder, '..', 'elsewhere'));
    await symlink(join(folder, '..', 'elsewhere', 'real'), join(folder, 'raw'));
    expect(filesOf(await locate())).toEqual(PACKED.map((name) => `raw/${name}`));
  });

  it('past what systems and programs keep beside them', async () => {
    await writeFour(folder, PACKED);
    const strange = PACKED.flatMap((name) => [
      `._${name}`,
      `.${name}.Xa3bQ1`,
      `${name}~`,
      `${name}:Zone.Identifier`,
      `${name}.part`,
      `@eaDir/${name}`,
      `__MACOSX/${name}`,
    ]);
    for (const name of strange) await writeAt(folder, name, 'nothing');
    expect(filesOf(await locate())).toEqual(PACKED);
  });

  it('with the names of the classes beside folders of their own', async () => {
    await writeFour(
      folder,
      NAMES.map((name) => `digits/${name}/${name}`),
    );
    await writeAt(folder, 'digits/labels.txt', 'a\nb');
    expect(within((await locate()).classNames)).toBe('digits/labels.txt');
  });

  it('and named by the folder that all of them are in', async () => {
    await writeFour(
      folder,
      NAMES.map((name, k) => `runes/${k < 2 ? 'train' : 'test'}/${name}`),
    );
    expect(within((await locate()).directory)).toBe('runes');
  });

  it('with a validation set in place of a test set, which a note says', async () => {
    await writeFour(folder, [...PACKED.slice(0, 2), 'val-images-idx3-ubyte.gz', 'val-labels-idx1-ubyte.gz']);
    const found = await locate();
    expect(filesOf(found).slice(2)).toEqual(['val-images-idx3-ubyte.gz', 'val-labels-idx1-ubyte.gz']);
    expect(found.notes).toEqual([expect.stringContaining('it is used as the test set')]);
    await writeFour(folder, PACKED);
    const both = await locate();
    expect(filesOf(both)).toEqual(PACKED);
    expect(both.notes).toEqual([expect.stringContaining('the files of a validation set are not used')]);
  });
});
