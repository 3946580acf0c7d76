import { describe, expect, it } from 'vitest';
import type { ImageSet } from '../../../../../../src-main/trainer/data/dataset';
import { holdOut } from '../../../../../../src-main/trainer/data/split/hold-out';
import { openFiles } from '../../../../../fixtures/folders';
import { smallDatasetFiles } from '../../../../../fixtures/idx';

/** Each image has its position encoded in two pixels. */
function images(labels: number[]): ImageSet {
  return {
    count: labels.length,
    pixels: Uint8Array.from(labels.flatMap((_, i) => [i >> 8, i & 0xff])),
    labels: Uint16Array.from(labels),
  };
}
const positions = ({ pixels, count }: ImageSet) =>
  Array.from({ length: count }, (_, k) => pixels[2 * k]! * 256 + pixels[2 * k + 1]!);
const perClass = ({ labels }: ImageSet, classes: number) =>
  Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length);

const MANY = Array.from({ length: 1000 }, (_, i) => (i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2));

describe('holding out', () => {
  it('takes the same share of each class', () => {
    const { train, test } = holdOut(images(MANY), 0.2, 3);
    expect([perClass(train, 3), perClass(test, 3)]).toEqual([
      [480, 240, 80],
      [120, 60, 20],
    ]);
  });

  it('puts each image into one part, with its label, in file order', () => {
    const { train, test } = holdOut(images(MANY), 1 / 7, 3);
    for (const part of [train, test]) {
      const found = positions(part);
      expect(found).toEqual([...found].sort((a, b) => a - b));
      expect([...part.labels]).toEqual(found.map((i) => MANY[i]));
      expect(part.pixels.length).toBe(2 * part.count);
    }
    expect([...positions(train), ...positions(test)].sort((a, b) => a - b)).toEqual(MANY.map((_, i) => i));
  });

  it('takes images from the whole set, and always the same ones', () => {
    const first = positions(holdOut(images(MANY), 0.1, 3).test);
    expect(positions(holdOut(images(MANY), 0.1, 3).test)).toEqual(first);
    expect(first.filter((i) => i < 500).length).toBeGreaterThan(30);
    expect(first.filter((i) => i >= 500).length).toBeGreaterThan(30);
  });

  it('leaves each class at least one training image, and takes one of two', () => {
    const { train, test } = holdOut(images([0, 1, 1, 2, 2, 2]), 0.01, 3);
    expect([perClass(train, 3), perClass(test, 3)]).toEqual([
      [1, 1, 2],
      [0, 1, 1],
    ]);
    expect(perClass(holdOut(images([0, 1, 1, 2, 2, 2]), 1, 3).train, 3)).toEqual([1, 1, 1]);
  });

  it('adds a note with the counts of both parts', async () => {
    const { trainImages, trainLabels } = smallDatasetFiles({ train: 70, test: 10, rows: 4, columns: 4 });
    const { info, train, test } = await openFiles({ trainImages, trainLabels }, { holdOut: 1 / 7 });
    expect(info).toMatchObject({
      trainCount: 60,
      testCount: 10,
      trainPerClass: new Array(10).fill(6),
      testPerClass: new Array(10).fill(1),
    });
    expect(info.files.map(({ name }) => name)).toEqual([trainImages.name, trainLabels.name]);
    expect(info.notes).toEqual([
      'There is no test set in the folder: 10 of the 70 training images were held out for testing, the same ' +
        'share of each class, and 60 are left for training.',
    ]);
    for (const set of [train, test])
      for (let k = 0; k < set.count; k++) expect(set.pixels[16 * k + set.labels[k]!]).toBe(255);
  });
});
