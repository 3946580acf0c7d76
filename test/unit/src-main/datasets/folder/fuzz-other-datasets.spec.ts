// Thousands of small datasets of other kinds, each damaged at random but the same in every run: each is opened or
// refused with a sentence that names a file; none hangs, and nothing is written.
import { readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { locateDataset } from '../../../../../src-main/datasets/dataset-files';
import { decodePng, PngFault } from '../../../../../src-main/trainer/data/sources/decode-png';
import { loadDataset } from '../../../../../src-main/trainer/data/load-dataset';
import { Random } from '../../../../../src-shared/nn/rng';
import { folderSource, isQuestion } from '../../../../../src-shared/data/dataset';
import { StudioError } from '../../../../../src-shared/errors';
import { makeFolder } from '../../../../fixtures/folders';
import { csvText, npyFiles, pngFiles, pngOf, smallImages } from '../../../../fixtures/other-datasets';
import { tarBytes } from '../../../../fixtures/tar';

const FOLDERS = 700;
const PICTURES = 2300;

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await makeFolder()));
afterAll(() => remove());

const random = new Random(20, 'order');
const below = (limit: number) => Math.floor(random.uniform() * limit);
const of = <T>(choices: readonly T[]): T => choices[below(choices.length)]!;

const [train, test] = [smallImages(12), smallImages(6)];
const arrays = npyFiles(train, test);
const tables = {
  'mnist_train.csv': new Uint8Array(Buffer.from(csvText(train))),
  'mnist_test.csv': new Uint8Array(Buffer.from(csvText(test))),
};
const pictures = { ...pngFiles(train, 'train/'), ...pngFiles(test, 'test/') };
const KINDS: Record<string, Uint8Array>[] = [
  { 'mnist.npz': zipSync(arrays) },
  { 'mnist.npz': zipSync(arrays, { level: 0 }) },
  tables,
  { 'a.zip': zipSync(tables) },
  { 'a.zip': zipSync(pictures) },
  { 'a.tar': tarBytes({ ...arrays }) },
  { 'a.tar.gz': gzipSync(tarBytes(tables)) },
];

const NUMBERS = [0, 1, 0x7f, 0x80, 0xff];
const DAMAGES: ((bytes: Uint8Array) => Uint8Array)[] = [
  (bytes) => changed(bytes, 1 + below(3), () => below(256)),
  (bytes) => changed(bytes, 4, () => of(NUMBERS)),
  (bytes) => bytes.slice(0, below(bytes.length)),
  (bytes) => new Uint8Array(Buffer.concat([bytes, bytes.subarray(0, below(50))])),
  (bytes) => {
    const at = below(bytes.length);
    return new Uint8Array(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(20))]));
  },
];

/** Some bytes in a row, half of the time near the end, where a ZIP archive has its directory. */
function changed(bytes: Uint8Array, count: number, value: () => number): Uint8Array {
  const copy = bytes.slice();
  const at = below(2) === 0 ? below(bytes.length) : Math.max(0, bytes.length - 1 - below(400));
  for (let k = at; k < Math.min(at + count, copy.length); k++) copy[k] = value();
  return copy;
}

it(`opens or refuses ${FOLDERS} damaged datasets`, async () => {
  const outcomes = { opened: 0, refused: 0 };
  for (let k = 0; k < FOLDERS; k++) {
    const files = { ...of(KINDS) };
    const name = of(Object.keys(files));
    files[name] = of(DAMAGES)(files[name]!);
    await rm(folder, { recursive: true, force: true });
    for (const [path, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const before = readdirSync(dirname(folder), { recursive: true }).length;
    try {
      let source = folderSource(folder, { holdOut: 0.3 });
      let found = await locateDataset(source);
      if (isQuestion(found) && found.kind === 'which') {
        source = folderSource(folder, { holdOut: 0.3, collection: found.choices[0]!.collection });
        found = await locateDataset(source);
      }
      if (isQuestion(found)) throw new Error(`${name} asks: ${found.kind}`);
      const { info } = await loadDataset(found, source, () => undefined);
      expect(info.trainCount).toBeGreaterThan(0);
      outcomes.opened++;
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      expect(error.message).toMatch(/\.(?:npz|csv|zip|tar|gz)\b.*\.$|^The folder .*\.$/s);
      outcomes.refused++;
    }
    expect(readdirSync(dirname(folder), { recursive: true })).toHaveLength(before);
  }
  expect(outcomes.opened).toBeGreaterThan(20);
  expect(outcomes.refused).toBeGreaterThan(200);
});

it(`decodes or refuses ${PICTURES} damaged pictures`, () => {
  const whole = pngOf(train, 3);
  for (let k = 0; k < PICTURES; k++) {
    try {
      expect(decodePng(of(DAMAGES)(whole)).pixels.length).toBeLessThanOrEqual(256 * 256);
    } catch (error) {
      if (!(error instanceof PngFault)) throw error;
    }
  }
});
