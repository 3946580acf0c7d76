// Tables without names, with words as labels, and with lines longer than expected.
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../../../src-main/trainer/data/sources/read-csv';
import { openPaths } from '../../../../../fixtures/folders';
import { csvText, smallImages } from '../../../../../fixtures/other-datasets';

const images = (count: number) => smallImages(count, 3, 5);
const [train, test] = [csvText(images(30), false), csvText(images(12), false)];
const lines = (text: string, change: (fields: string[], k: number) => string[]) =>
  text
    .split('\n')
    .map((line, k) => (line === '' ? '' : change(line.split(','), k).join(',')))
    .join('\n');
const labelLast = (text: string) => lines(text, ([label, ...pixels]) => [...pixels, label!]);
const sorted = (text: string) =>
  text
    .split('\n')
    .sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a[0]!.localeCompare(b[0]!)))
    .join('\n');
const noisy = (text: string, levels: number) =>
  lines(text, (fields, k) => [...fields.slice(0, -1), String((k * 7) % levels)]);
const open = (trainTable: string, testTable = test) =>
  openPaths({ 'mnist_train.csv': trainTable, 'mnist_test.csv': testTable });

describe('a table without names is refused', () => {
  it('if its labels may be in the first or in the last column', async () => {
    await expect(open(noisy(train, 10), noisy(test, 10))).rejects.toThrow(
      /^mnist_train\.csv does not name its columns.*Please add a first line/,
    );
  });

  it('if the labels of training and test images seem to be in different columns', async () => {
    await expect(open(train, labelLast(test))).rejects.toThrow(
      'mnist_train.csv has its labels in the first column, and mnist_test.csv has its labels in the last column',
    );
  });
});

describe('a table without names is read', () => {
  it.each([
    ['in any order of its lines', train, test],
    ['if its lines are sorted by class', sorted(train), test],
    ['if its last pixel is not constant', sorted(noisy(train, 3)), noisy(test, 3)],
    ['if its labels are last', labelLast(sorted(train)), labelLast(test)],
    ['if one of them has names', train, csvText(images(12))],
  ])('%s', async (_what, ...tables) => {
    const { info, train: found } = await open(...tables);
    expect([info.trainPerClass, info.testPerClass]).toEqual([
      [10, 10, 10],
      [4, 4, 4],
    ]);
    expect(found.pixels.subarray(0, 8)).toEqual(Uint8Array.of(0, 0, 0, 0, 0, 0, 255, 0));
  });

  it('without losing the first line if that begins with a word', async () => {
    const words = (text: string) => text.replace(/^(\d)/gm, 'no $1');
    expect((await open(words(train), words(test))).info.trainPerClass).toEqual([10, 10, 10]);
  });
});

describe('words as labels', () => {
  it('are read as they are written, in UTF-8, with quotation marks or without', async () => {
    const names = ['été  naïve', 'T-shirt, top', 'の "small" one'];
    const named = (count: number) =>
      csvText(images(count)).replace(
        /^(\d),/gm,
        (_line, label: string) =>
          `${label === '0' ? ` ${names[0]} ` : `"${names[Number(label)]!.replaceAll('"', '""')}"`},`,
      );
    const { info } = await open(named(30), named(12));
    expect([...info.classNames].sort()).toEqual([...names].sort());
  });

  it('do not merge two numbers into one', async () => {
    await expect(open(csvText(images(30)).replace(',0,0', ',0 5,0'), csvText(images(12)))).rejects.toThrow(
      'its line 2 has “0 5” as value 2',
    );
  });
});

describe('a long first line', () => {
  it('is read if it names the pixels of large images', async () => {
    const large = (count: number) => csvText(smallImages(count, 3, 100)).replaceAll('pixel', 'pixel_00');
    expect((await open(large(6), large(3))).info).toMatchObject({ rows: 100, columns: 100 });
  });

  it('is not kept in memory', async () => {
    const portions = (async function* () {
      yield Buffer.from(`${csvText(images(1)).split('\n')[0]},`);
      for (let k = 0; k < 40; k++) yield Buffer.alloc(1 << 20, 'a');
    })();
    const before = process.memoryUsage().heapUsed;
    await expect(readCsv('train.csv', Infinity, portions)).rejects.toThrow('train.csv');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
  });
});
