// Whether images lie on their side, where the names of the files and the images disagree.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataset } from '../../../../../src-main/cli/dataset-options';
import { builtinCollection, locateDataset } from '../../../../../src-main/datasets/dataset-files';
import { DIGIT_MEANS, GRID } from '../../../../../src-main/trainer/data/orientation/digit-means';
import { loadDataset } from '../../../../../src-main/trainer/data/load-dataset';
import { inspectImages } from '../../../../../src-main/trainer/data/orientation/inspect-images';
import { orientationOf, turnUpright, type FirstImages } from '../../../../../src-main/trainer/data/orientation/upright';
import {
  folderSource,
  isQuestion,
  type FolderAnswers,
  type OpenQuestion,
} from '../../../../../src-shared/data/dataset';
import { BUILTIN_FOLDER, makeFolder, openFolder } from '../../../../fixtures/folders';
import { gzip, idxBytes, labelsInTurn } from '../../../../fixtures/idx';
import { MNIST_FOLDER, mnistCollection, mnistFiles } from '../../../../fixtures/mnist';
import { csvText, npyBytes } from '../../../../fixtures/other-datasets';

const DEBIAN_FASHION = '/usr/share/datasets/fashion-mnist';
const COUNT = 40;

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await makeFolder()));
afterEach(() => remove());

/** Images that are the means of the digits, of 14 × 14 pixels. */
function digits(transposed: boolean): Uint8Array {
  const side = 2 * GRID;
  const pixels = Uint8Array.from({ length: COUNT * side * side }, (_, k) => {
    const [image, y, x] = [Math.floor(k / side ** 2), Math.floor(k / side) % side, k % side];
    return DIGIT_MEANS[(image % 10) * GRID ** 2 + (y >> 1) * GRID + (x >> 1)]!;
  });
  if (transposed) turnUpright(pixels, side, side);
  return pixels;
}

const csv = (transposed: boolean) =>
  csvText({ pixels: digits(transposed), labels: [...labelsInTurn(COUNT)], side: 2 * GRID });
const npz = (transposed: boolean, labels = labelsInTurn(COUNT)) =>
  zipSync({ 'x_train.npy': npyBytes([COUNT, 14, 14], digits(transposed)), 'y_train.npy': npyBytes([COUNT], labels) });
const idxZip = (transposed: boolean) =>
  zipSync({
    'train-images-idx3-ubyte': idxBytes([COUNT, 14, 14], digits(transposed)),
    'train-labels-idx1-ubyte': gzip(idxBytes([COUNT], labelsInTurn(COUNT))),
  });
const floats = (bytes: Uint8Array) => new Uint8Array(Float32Array.from(bytes, (byte) => byte / 255).buffer);

async function put(name: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), content);
}

async function write(prefix: string, transposed: boolean, first = 0): Promise<void> {
  const files: [string, Uint8Array][] = [
    ['train-images-idx3-ubyte.gz', idxBytes([COUNT, 14, 14], digits(transposed))],
    ['train-labels-idx1-ubyte.gz', idxBytes([COUNT], labelsInTurn(COUNT, 10, first))],
  ];
  for (const [name, bytes] of files) await put(prefix + name, gzip(bytes));
}
const locate = (answers: FolderAnswers = {}) => locateDataset(folderSource(folder, { holdOut: 0.2, ...answers }));

describe('there is a question', () => {
  it('if digits lie on their side, but their files do not say so', async () => {
    await write('', true);
    const question = (await locate()) as Extract<OpenQuestion, { kind: 'transposed' }>;
    expect(question).toMatchObject({
      kind: 'transposed',
      folder,
      collection: '',
      holdOut: 0.2,
      file: 'train-images-idx3-ubyte.gz',
      rows: 14,
      columns: 14,
      suggested: true,
    });
    expect(question.samples).toEqual(digits(true).slice(0, 8 * 196));
  });

  it('if digits are upright, but their files are called EMNIST', async () => {
    await write('emnist-digits-', false);
    expect(await locate()).toMatchObject({ kind: 'transposed', suggested: false });
  });

  it.each<[string, Uint8Array | string]>([
    ['train.csv', csv(true)],
    ['digits.npz', npz(true)],
    ['digits.zip', idxZip(true)],
    ['csv.zip', zipSync({ 'digits_train.csv.gz': gzip(Buffer.from(csv(true))) })],
    [
      'floats.npz',
      zipSync({
        'x_train.npy': npyBytes([COUNT, 14, 14, 1], floats(digits(true)), '<f4'),
        'y_train.npy': npyBytes([COUNT], labelsInTurn(COUNT)),
      }),
    ],
    [
      'balanced.npz',
      npz(
        true,
        labelsInTurn(COUNT).map((label, k) => (k % 4 === 3 ? 10 + k : label)),
      ),
    ],
  ])('if digits lie on their side in a file that does not say so: %s', async (name, content) => {
    await put(name, content);
    expect(await locate()).toMatchObject({
      kind: 'transposed',
      rows: 14,
      columns: 14,
      suggested: true,
      samples: digits(true).slice(0, 8 * 196),
    });
  });

  it.each<[string, Uint8Array | string]>([
    ['emnist-digits.npz', npz(false)],
    ['emnist/train.csv', csv(false)],
    ['emnist.zip', idxZip(false)],
  ])('if digits are upright in a file whose name or folder says EMNIST: %s', async (name, content) => {
    await put(name, content);
    expect(await locate()).toMatchObject({ kind: 'transposed', suggested: false });
  });

  it('and its answer decides', async () => {
    await write('', true);
    expect(await locate({ transposed: true })).toMatchObject({ transposed: true });
    const turned = await openFolder(folder, { holdOut: 0.2, transposed: true });
    expect(turned.test.pixels.subarray(0, 196)).not.toEqual(
      (await openFolder(folder, { holdOut: 0.2, transposed: false })).test.pixels.subarray(0, 196),
    );
    expect(turned.info).toMatchObject({
      notes: [expect.stringContaining('rows and columns were swapped'), expect.anything()],
      testSource: { transposed: true, heldOut: 0.2 },
    });
  });

  it('which the command line refuses, and names the flag', async () => {
    await write('', true);
    await expect(openDataset(folderSource(folder, { holdOut: 0.2 }), BUILTIN_FOLDER)).rejects.toThrow(
      'The images in train-images-idx3-ubyte.gz look on their side, but by its name they should be upright. ' +
        'Please add --transposed yes to turn them upright, or --transposed no if that is wrong.',
    );
  });
});

describe('there is none', () => {
  it.each([
    ['', false],
    ['emnist-digits-', true],
  ])('if name and digits agree: “%s”', async (prefix, transposed) => {
    await write(prefix, transposed);
    expect(await locate()).toMatchObject({ transposed });
  });

  it.each([
    ['emnist-and-fashion/fashion/', 'fashion/', false],
    ['emnist-and-fashion/raw/', 'raw/', true],
    ['emnist/letters/', 'letters/', true],
    ['other/emnist/gzip/', 'emnist/gzip/', true],
    ['emnist/other/gzip/', 'other/gzip/', false],
  ])(
    'if the images do not show it: the nearest folder within the chosen one counts, of “%s” the last ones',
    async (place, within, transposed) => {
      await write(place, false, 1);
      const chosen = join(folder, place.slice(0, -within.length));
      expect(await locateDataset(folderSource(chosen, { holdOut: 0.2 }))).toMatchObject({ transposed });
      expect((await openFolder(chosen, { holdOut: 0.2 })).info.name.includes('EMNIST')).toBe(
        within.includes('letters'),
      );
    },
  );

  it('if tables and arrays agree with their names', async () => {
    await put('emnist-digits-train.csv', csv(true));
    expect(await locate()).toMatchObject({ transposed: true });
    await put('emnist-project/mnist.npz', npz(false));
    expect(await locate({ collection: 'emnist-project/mnist.npz' })).toMatchObject({
      kind: 'transposed',
      suggested: false,
    });
    await put('emnist-project/plain/mnist.npz', npz(false));
    expect(await locate({ collection: 'emnist-project/plain/mnist.npz' })).toMatchObject({ transposed: false });
  });

  it('for MNIST itself, which is upright whatever its files are called', async () => {
    const files = { ...mnistCollection(), transposed: true };
    expect((await loadDataset(files, folderSource(MNIST_FOLDER), () => undefined)).info).toMatchObject({
      recognisedAs: 'MNIST',
      notes: [],
      testSource: { transposed: false },
    });
  });

  it('if the labels are not those of digits: the name counts', async () => {
    await write('emnist-letters-', false, 1);
    expect(isQuestion(await locate())).toBe(false);
  });
});

describe('the orientation of digits is recognised', () => {
  const turned = ({ rows, columns, pixels, labels }: FirstImages): FirstImages => {
    const copy = pixels.slice();
    turnUpright(copy, rows, columns);
    return { rows: columns, columns: rows, pixels: copy, labels };
  };

  it('for the real MNIST, also for a few digits of it', async () => {
    const { trainImages, trainLabels } = mnistFiles();
    const files = {
      ...mnistCollection(),
      trainImages: join(folder, 'images.gz'),
      trainLabels: join(folder, 'labels.gz'),
    };
    await writeFile(files.trainImages, gzipSync(trainImages.bytes, { level: 1 }));
    await writeFile(files.trainLabels, gzipSync(trainLabels.bytes));
    const looked = (await inspectImages(files))!;
    expect(looked.labels.length).toBe(500);
    expect([orientationOf(looked), orientationOf(turned(looked))]).toEqual(['upright', 'transposed']);
    const few = { ...looked, pixels: looked.pixels.subarray(0, 100 * 784), labels: looked.labels.subarray(0, 100) };
    expect([orientationOf(few), orientationOf(turned(few))]).toEqual(['upright', 'transposed']);
  });

  it('not for images that are no digits', () => {
    const noise = {
      rows: 14,
      columns: 14,
      pixels: Uint8Array.from({ length: COUNT * 196 }, (_, k) => Math.imul(k, 0x9e3779b1) >>> 24),
      labels: Int32Array.from(labelsInTurn(COUNT)),
    };
    expect(orientationOf(noise)).toBeUndefined();
    expect(orientationOf({ ...noise, pixels: new Uint8Array(COUNT * 196) })).toBeUndefined();
  });

  it.skipIf(!existsSync(DEBIAN_FASHION))('not for the clothes of Fashion-MNIST', async () => {
    const looked = (await inspectImages(builtinCollection(DEBIAN_FASHION)))!;
    expect([orientationOf(looked), orientationOf(turned(looked))]).toEqual([undefined, undefined]);
  });
});
