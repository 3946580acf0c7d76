import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { locateDataset } from '../../../../src-main/datasets/dataset-files';
import { folderSource, type FolderSource } from '../../../../src-shared/data/dataset';
import { refuse, refuseNothing } from '../../../fixtures/refusing-disk';

vi.mock('node:fs/promises', async (original) =>
  (await import('../../../fixtures/refusing-disk')).refusingDisk(await original()),
);

const USUAL = [
  'train-images-idx3-ubyte.gz',
  'train-labels-idx1-ubyte.gz',
  't10k-images-idx3-ubyte.gz',
  't10k-labels-idx1-ubyte.gz',
];

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'mnist ')), 'Ziffern – 手書き');
  await mkdir(folder);
});
afterEach(async () => {
  refuseNothing();
  await rm(join(folder, '..'), { recursive: true });
});

async function touch(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), '');
  }
}
const locate = ({ folder: other = folder, ...answers }: Partial<FolderSource> = {}) =>
  locateDataset(folderSource(other, answers));
const fileNames = async (answers?: Partial<FolderSource>) => {
  const found = await locate(answers);
  if ('kind' in found) throw new Error(`A question: ${found.kind}`);
  return [found.trainImages, found.trainLabels, found.testImages, found.testLabels].map(
    (path) => path && path.slice(folder.length + 1),
  );
};

describe('a folder is refused', () => {
  it('when it does not exist or is a file', async () => {
    await touch('file');
    await expect(locate({ folder: join(folder, 'gone') })).rejects.toMatchObject({
      code: 'folder-unreadable',
      message: expect.stringContaining('gone” cannot be read: it does not exist.'),
    });
    await expect(locate({ folder: join(folder, 'file') })).rejects.toMatchObject({
      code: 'folder-unreadable',
      message: expect.stringContaining('it is not a folder'),
    });
  });

  it('when it holds no MNIST files: the sentence names all four', async () => {
    await touch('holiday.jpg', 'train-images.png');
    const error = await locate().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'file-missing' });
    for (const name of [folder, ...USUAL]) expect((error as Error).message).toContain(name);
  });

  it('when it holds none and a folder in it cannot be read: the sentence names that one', async () => {
    await mkdir(join(folder, 'locked'));
    refuse('readdir', /locked$/, 'EACCES');
    await expect(locate()).rejects.toThrow(
      `No MNIST files were found in the folder “${folder}”, but “locked” in it could not be read: the ` +
        'permission to open it is missing. Expected train-images',
    );
  });

  it('when one file is missing: the sentence names it alone', async () => {
    await touch(...USUAL.slice(0, 3));
    await expect(locate()).rejects.toThrow(
      `The folder “${folder}” lacks t10k-labels-idx1-ubyte.gz (with or without .gz).`,
    );
  });

  it('when the files of another family are missing: the sentence spells them as that family does', async () => {
    await touch('emnist-letters-train-images-idx3-ubyte.gz', 'emnist-letters-test-labels-idx1-ubyte.gz');
    await expect(locate()).rejects.toThrow(
      'lacks emnist-letters-train-labels-idx1-ubyte.gz and emnist-letters-test-images-idx3-ubyte.gz',
    );
  });

  it('when QMNIST lacks its labels, which are of another kind', async () => {
    await touch('qmnist-train-images-idx3-ubyte.gz', 'qmnist-test-images-idx3-ubyte.gz');
    await expect(locate()).rejects.toThrow('lacks qmnist-train-labels-idx2-int.gz and qmnist-test-labels-idx2-int.gz');
  });

  it('when the collection that was chosen is gone', async () => {
    await touch(...USUAL);
    await expect(locate({ collection: 'emnist-digits' })).rejects.toMatchObject({ code: 'file-missing' });
  });
});

describe('the files are found', () => {
  it.each([
    ['as on the page they came from', USUAL],
    ['plain', USUAL.map((name) => name.replace('.gz', ''))],
    ['with dots', USUAL.map((name) => name.replace('-idx', '.idx'))],
    ['in capitals', USUAL.map((name) => name.toUpperCase())],
    ['with “test” in place of “t10k”', USUAL.map((name) => name.replace('t10k', 'test'))],
    ['in a folder below', USUAL.map((name) => join('MNIST-raw', name))],
    ['of EMNIST', USUAL.map((name) => `emnist-balanced-${name.replace('t10k', 'test')}`)],
    [
      'of QMNIST',
      [
        'qmnist-train-images-idx3-ubyte.gz',
        'qmnist-train-labels-idx2-int.gz',
        'qmnist-test-images-idx3-ubyte.gz',
        'qmnist-test-labels-idx2-int.gz',
      ],
    ],
  ])('%s', async (_how, names) => {
    await touch('readme.txt', ...names);
    expect(await fileNames()).toEqual(names);
  });

  it('the plain file where both are there', async () => {
    await touch(...USUAL, 'train-images-idx3-ubyte');
    expect((await fileNames())[0]).toBe('train-images-idx3-ubyte');
  });

  it('with the names of the classes beside them', async () => {
    await touch(...USUAL, 'Labels.txt');
    const letters = USUAL.map((name) => `gzip/emnist-letters-${name.replace('t10k', 'test')}`);
    await touch(...letters, 'gzip/emnist-letters-mapping.txt', 'gzip/emnist-digits-mapping.txt');
    const named = async (collection: string) => {
      const found = await locate({ collection });
      return 'kind' in found || !found.classNames ? undefined : basename(found.classNames);
    };
    expect(await named('')).toBe('Labels.txt');
    expect(await named('gzip/emnist-letters')).toBe('emnist-letters-mapping.txt');
  });

  it('past a folder that is a loop of links', async () => {
    await touch(...USUAL);
    await symlink(folder, join(folder, 'loop'));
    expect(await fileNames()).toEqual(USUAL);
  });
});

describe('a question comes first', () => {
  it('where there are several collections', async () => {
    for (const split of ['letters', 'digits'])
      await touch(...USUAL.map((name) => `emnist-${split}-${name.replace('t10k', 'test')}`));
    await touch(...USUAL.map((name) => join('fashion', name)));
    expect(await locate()).toEqual({
      kind: 'which',
      folder,
      choices: [
        { collection: 'emnist-digits', title: 'EMNIST digits', detail: 'emnist-digits-train-images-idx3-ubyte.gz' },
        { collection: 'emnist-letters', title: 'EMNIST letters', detail: 'emnist-letters-train-images-idx3-ubyte.gz' },
        { collection: 'fashion/', title: 'fashion', detail: 'train-images-idx3-ubyte.gz' },
      ],
    });
    expect((await fileNames({ collection: 'fashion/' }))[1]).toBe(join('fashion', USUAL[1]!));
  });

  it('where there is no test set, unless a share to hold out was given', async () => {
    await touch(...USUAL.slice(0, 2));
    expect(await locate()).toEqual({ kind: 'hold-out', folder, collection: '', file: USUAL[0], suggested: 1 / 7 });
    expect(await fileNames({ holdOut: 0.2 })).toEqual([...USUAL.slice(0, 2), undefined, undefined]);
  });
});
