// Whether images lie on their side, where the names of the files and the images disagree.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataset } from '../../../../src-main/cli-dataset';
import { builtinCollection, locateDataset } from '../../../../src-main/dataset-files';
import { DIGIT_MEANS, GRID } from '../../../../src-main/trainer/data/digit-means';
import { lookAtImages } from '../../../../src-main/trainer/data/look-at-images';
import { orientationOf, turnUpright, type FirstImages } from '../../../../src-main/trainer/data/upright';
import { folderSource, isQuestion, type FolderAnswers, type OpenQuestion } from '../../../../src-shared/dataset';
import { BUILTIN_FOLDER, makeFolder, openFolder } from '../../../fixtures/folders';
import { gzip, idxBytes, labelsInTurn } from '../../../fixtures/idx';

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

async function write(prefix: string, transposed: boolean, first = 0): Promise<void> {
  const files: [string, Uint8Array][] = [
    ['train-images-idx3-ubyte.gz', idxBytes([COUNT, 14, 14], digits(transposed))],
    ['train-labels-idx1-ubyte.gz', idxBytes([COUNT], labelsInTurn(COUNT, 10, first))],
  ];
  for (const [name, bytes] of files) await writeFile(join(folder, prefix + name), gzip(bytes));
}
const locate = (answers: FolderAnswers = {}) => locateDataset(folderSource(folder, { holdOut: 0.2, ...answers }));

describe('there is a question', () => {
  it('if digits lie on their side, but their files do not say so', async () => {
    await write('', true);
    const question = (await locate()) as Extract<OpenQuestion, { kind: 'transposed' }>;
    expect(question).toMatchObject({ kind: 'transposed', folder, collection: '', holdOut: 0.2, file: 'train-images-idx3-ubyte.gz', rows: 14, columns: 14, suggested: true });
    expect(question.samples).toEqual(digits(true).slice(0, 8 * 196));
  });

  it('if digits are upright, but their files are called EMNIST', async () => {
    await write('emnist-digits-', false);
    expect(await locate()).toMatchObject({ kind: 'transposed', suggested: false });
  });

  it('and its answer decides', async () => {
    await write('', true);
    expect(await locate({ transposed: true })).toMatchObject({ transposed: true });
    const turned = await openFolder(folder, { holdOut: 0.2, transposed: true });
    expect(turned.test.pixels.subarray(0, 196)).not.toEqual((await openFolder(folder, { holdOut: 0.2, transposed: false })).test.pixels.subarray(0, 196));
    expect(turned.info).toMatchObject({ notes: [expect.stringContaining('rows and columns were swapped'), expect.anything()], testSource: { transposed: true, heldOut: 0.2 } });
  });

  it('which the command line refuses, and names the flag', async () => {
    await write('', true);
    await expect(openDataset(folderSource(folder, { holdOut: 0.2 }), BUILTIN_FOLDER)).rejects.toThrow(
      'The images in train-images-idx3-ubyte.gz look on their side, but by its name they should be upright. Please add --transposed yes to turn them upright, or --transposed no if that is wrong.',
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

  it('if the labels are not those of digits: the name counts', async () => {
    await write('emnist-letters-', false, 1);
    expect(isQuestion(await locate())).toBe(false);
  });
});

describe('digits are told from their side', () => {
  const turned = ({ rows, columns, pixels, labels }: FirstImages): FirstImages => {
    const copy = pixels.slice();
    turnUpright(copy, rows, columns);
    return { rows: columns, columns: rows, pixels: copy, labels };
  };

  it('for the real MNIST, also for a few digits of it', async () => {
    const looked = (await lookAtImages(builtinCollection(BUILTIN_FOLDER)))!;
    expect(looked.labels.length).toBe(500);
    expect([orientationOf(looked), orientationOf(turned(looked))]).toEqual(['upright', 'transposed']);
    const few = { ...looked, pixels: looked.pixels.subarray(0, 100 * 784), labels: looked.labels.subarray(0, 100) };
    expect([orientationOf(few), orientationOf(turned(few))]).toEqual(['upright', 'transposed']);
  });

  it('not for images that are no digits', () => {
    const noise = { rows: 14, columns: 14, pixels: Uint8Array.from({ length: COUNT * 196 }, (_, k) => Math.imul(k, 0x9e3779b1) >>> 24), labels: Int32Array.from(labelsInTurn(COUNT)) };
    expect(orientationOf(noise)).toBeUndefined();
    expect(orientationOf({ ...noise, pixels: new Uint8Array(COUNT * 196) })).toBeUndefined();
  });

  it.skipIf(!existsSync(DEBIAN_FASHION))('not for the clothes of Fashion-MNIST', async () => {
    const looked = (await lookAtImages(builtinCollection(DEBIAN_FASHION)))!;
    expect([orientationOf(looked), orientationOf(turned(looked))]).toEqual([undefined, undefined]);
  });
});
