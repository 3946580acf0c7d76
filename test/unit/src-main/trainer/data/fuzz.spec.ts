// Thousands of small folders, each damaged at random but the same in every run: each is opened or refused with a
// sentence that names a file; none hangs, none leaks.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES, StudioError } from '../../../../../src-shared/errors';
import type { FolderSource } from '../../../../../src-shared/data/dataset';
import type { Dataset, ImageSet } from '../../../../../src-main/trainer/data/dataset';
import { Random } from '../../../../../src-shared/nn/rng';
import { makeFolder, openFolder } from '../../../../fixtures/folders';
import { writeAt } from '../../../../fixtures/folder-tree';
import { gzip, idxBytes, labelsInTurn } from '../../../../fixtures/idx';
import { idxOf, TYPES, type NumberType } from '../../../../fixtures/idx-datasets';

const FOLDERS = 2400;
const LONGEST = 5000;
const WARM_UP = 300;
const MOST_GROWTH = 20_000_000;

interface Folder {
  /** In the order of the four files, then a file of names. */
  files: { name: string; bytes: Uint8Array }[];
  answers: Partial<FolderSource>;
}
type Files = Folder['files'];

let parent: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder: parent, remove } = await makeFolder()));
afterAll(() => remove());

class Dice {
  private readonly random: Random;
  constructor(seed: number) {
    this.random = new Random(seed, 'order');
  }
  below(limit: number): number {
    return Math.floor(this.random.uniform() * limit);
  }
  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

/** Folders as they should be, of every family. */
const FAMILIES: ((dice: Dice) => Folder)[] = [
  (dice) => family(dice, 'train-', 't10k-', 10, 0),
  (dice) =>
    family(dice, 'train-', 'test-', 3, 100, {
      name: 'labels.txt',
      text: dice.of(['cat\ndog\nhen\n', '100 cat\n101 dog\n102 hen\n']),
    }),
  (dice) =>
    family(dice, 'emnist-letters-train-', 'emnist-letters-test-', 26, 1, {
      name: 'emnist-letters-mapping.txt',
      text: mapping(26, 1),
    }),
  (dice) =>
    family(dice, 'emnist-digits-train-', 'emnist-digits-test-', 10, 0, {
      name: 'emnist-digits-mapping.txt',
      text: mapping(10, 0),
    }),
  (dice) => family(dice, 'emnist-byclass-train-', 'emnist-byclass-test-', 62, 0),
  (dice) => {
    const folder = family(dice, 'qmnist-train-', 'qmnist-test-', 10, 0);
    const rows = Buffer.alloc(60 * 32);
    for (let k = 0; k < 60; k++) rows.writeInt32BE(k % 10, 32 * k);
    folder.files[1] = { name: 'qmnist-train-labels-idx2-int.gz', bytes: gzip(idxBytes([60, 8], rows, 0x0c)) };
    return folder;
  },
  otherForms,
  otherForms,
  (dice) => ({
    files: family(dice, 'train-', 't10k-', 10, 0).files.slice(0, 2),
    answers: { holdOut: dice.of([0.01, 1 / 7, 0.5]) },
  }),
];

/** Images of any type and shape, labels of any type or one-hot, in folders of their own or not. */
function otherForms(dice: Dice): Folder {
  const [rows, columns, classes] = [1 + dice.below(6), 1 + dice.below(6), 2 + dice.below(9)];
  const [imageType, labelType] = [dice.of(NUMBER_TYPES), dice.of(NUMBER_TYPES)];
  const unit = imageType.startsWith('float') && dice.below(2) === 0;
  const shape = dice.of([[rows, columns], [1, rows, columns], [rows, columns, 1], [rows * rows]]);
  const size = shape.reduce((product, side) => product * side, 1);
  const images = (count: number) =>
    idxOf(
      [count, ...shape],
      Array.from(dice.bytes(count * size), (byte) => (unit ? byte / 255 : imageType === 'int8' ? byte - 128 : byte)),
      imageType,
    );
  const hot = dice.below(2) === 0;
  const labels = (count: number) => {
    const inTurn = Array.from(labelsInTurn(count, classes));
    return hot
      ? idxOf(
          [count, classes],
          inTurn.flatMap((label) => Array.from({ length: classes }, (_, column) => Number(column === label))),
          labelType,
        )
      : idxOf([count], inTurn, labelType);
  };
  const place = dice.of([
    (name: string) => name,
    (name: string) => `${name}/${name}`,
    (name: string) => `${name.split('-')[0]!}/${name}`,
    (name: string) => `${name} (1)`,
  ]);
  const [train, test] = [3 * classes, 2 * classes];
  return {
    files: FOUR_NAMES.map((name, k) => ({
      name: place(name),
      bytes: k % 2 === 0 ? images(k < 2 ? train : test) : labels(k < 2 ? train : test),
    })),
    answers: {},
  };
}
const NUMBER_TYPES = Object.keys(TYPES) as NumberType[];
const FOUR_NAMES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  'test-images-idx3-ubyte',
  'test-labels-idx1-ubyte',
];

function family(
  dice: Dice,
  train: string,
  test: string,
  classes: number,
  first: number,
  names?: { name: string; text: string },
): Folder {
  const [rows, columns, count] = [1 + dice.below(6), 1 + dice.below(6), classes === 10 ? 60 : 2 * classes];
  const file = (name: string, bytes: Uint8Array) =>
    dice.below(4) === 0 ? { name, bytes } : { name: `${name}.gz`, bytes: gzip(bytes) };
  const files: Files = [
    file(`${train}images-idx3-ubyte`, idxBytes([count, rows, columns], dice.bytes(count * rows * columns))),
    file(`${train}labels-idx1-ubyte`, idxBytes([count], labelsInTurn(count, classes, first))),
    file(`${test}images-idx3-ubyte`, idxBytes([classes, rows, columns], dice.bytes(classes * rows * columns))),
    file(`${test}labels-idx1-ubyte`, idxBytes([classes], labelsInTurn(classes, classes, first))),
  ];
  if (names) files.push({ name: names.name, bytes: new TextEncoder().encode(names.text) });
  return { files, answers: {} };
}

function mapping(classes: number, first: number): string {
  return Array.from({ length: classes }, (_, k) => `${first + k} ${65 + k} ${97 + k}\n`).join('');
}

const SIZES = [0, 1, 2, 3, 59, 61, 255, 256, 257, 65_535, 1 << 24, 0x7fffffff, 0xffffffff];
type Damage = (dice: Dice, bytes: Uint8Array) => Uint8Array;

/** To the uncompressed bytes. */
const INSIDE: Damage[] = [
  flip,
  cut,
  extend,
  (dice, bytes) => {
    const place = dice.below(16);
    const value = dice.below(256);
    return bytes.map((byte, k) => (k === place ? value : byte));
  },
  (dice, bytes) => {
    const damaged = bytes.slice();
    if (damaged.length >= 16) new DataView(damaged.buffer).setUint32(4 + 4 * dice.below(3), dice.of(SIZES));
    return damaged;
  },
  // Rows and columns swapped: as many bytes as before.
  (_dice, bytes) =>
    Uint8Array.of(...bytes.subarray(0, 8), ...bytes.subarray(12, 16), ...bytes.subarray(8, 12), ...bytes.subarray(16)),
  (dice, bytes) =>
    bytes.length < 4
      ? bytes
      : Uint8Array.of(0, 0, dice.of([8, 9, 11, 12, 13, 14]), dice.below(5), ...bytes.subarray(4)),
  (dice, bytes) =>
    dice.below(5) === 0 ? new Uint8Array(Buffer.concat([bytes, new Uint8Array(3_000_000)])) : extend(dice, bytes),
];

/** To the bytes on the disk. */
const OUTSIDE: Damage[] = [
  flip,
  cut,
  extend,
  (dice, bytes) => bytes.map((byte, k) => (k >= bytes.length - 8 && dice.below(4) === 0 ? dice.below(256) : byte)),
  (_dice, bytes) => Uint8Array.of(...bytes, ...bytes),
  (dice, bytes) => Uint8Array.of(...bytes, ...new Uint8Array(dice.below(600))),
  (dice) => dice.bytes(dice.below(300)),
  (dice) => Uint8Array.of(0x1f, 0x8b, ...dice.bytes(dice.below(300))),
  () => new Uint8Array(),
  (_dice, bytes) => gzip(bytes),
];

function flip(dice: Dice, bytes: Uint8Array): Uint8Array {
  const damaged = bytes.slice();
  for (let k = dice.below(4); k >= 0 && bytes.length > 0; k--) damaged[dice.below(bytes.length)]! ^= 1 << dice.below(8);
  return damaged;
}

function cut(dice: Dice, bytes: Uint8Array): Uint8Array {
  return bytes.slice(0, dice.below(bytes.length + 1));
}

function extend(dice: Dice, bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(...bytes, ...dice.bytes(1 + dice.below(40)));
}

const LINES = ['', '0', '0 48', '1 1114112', '-5 x', 'a\0b', '\u202e', 'name', '7 7 7', '999999999999 1', '0\t48', ' '];
const text = (words: string) => new TextEncoder().encode(words);

/** What can be wrong with a folder: each is done to its files before they are written, or to the folder after. */
const ACCIDENTS: ((dice: Dice, files: Files) => ((folder: string) => Promise<void>) | void)[] = [
  (dice, files) => change(files, dice.below(files.length), (bytes) => dice.of(OUTSIDE)(dice, bytes)),
  (dice, files) => inside(dice, files, dice.below(Math.min(4, files.length))),
  (dice, files) => inside(dice, files, dice.below(Math.min(4, files.length))),
  (dice, files) => {
    const [a, b] = [dice.below(files.length), dice.below(files.length)];
    [files[a]!.bytes, files[b]!.bytes] = [files[b]!.bytes, files[a]!.bytes];
  },
  (dice, files) => void files.splice(dice.below(files.length), 1),
  (dice, files) => {
    const lines = Array.from({ length: dice.below(12) }, () => dice.of(LINES));
    files.push({
      name: dice.of(['labels.txt', 'LABELS.TXT', 'emnist-letters-mapping.txt', 'emnist-digits-mapping.txt']),
      bytes: text(lines.join('\n')),
    });
  },
  // Root may read everything whatever its permissions, and tests often run as root: a link to nowhere, in a circle or
  // to a folder, and a folder in the place of a file, are unreadable to all.
  (dice, files) => {
    const { name } = dice.of(files);
    const kind = dice.below(4);
    return async (folder) => {
      const path = join(folder, name);
      await rm(path, { recursive: true, force: true });
      await mkdir(dirname(path), { recursive: true });
      if (kind === 0) await mkdir(path);
      else await symlink([join(folder, 'nowhere'), path, folder][kind - 1]!, path);
    };
  },
];

function change(files: Files, at: number, damage: (bytes: Uint8Array) => Uint8Array): void {
  files[at] = { name: files[at]!.name, bytes: damage(files[at]!.bytes) };
}

/** The plain bytes are damaged and zipped anew, so that nothing but the content is wrong. */
function inside(dice: Dice, files: Files, at: number): void {
  const zipped = files[at]!.name.endsWith('.gz');
  change(files, at, (bytes) => {
    const damaged = dice.of(INSIDE)(dice, zipped ? unzipped(bytes) : bytes);
    return zipped ? gzip(damaged) : damaged;
  });
}

function unzipped(bytes: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(bytes));
  } catch {
    return bytes;
  }
}

interface Opened {
  names: string[];
  /** undefined: a question, which is no failure. */
  outcome: unknown;
  milliseconds: number;
}

async function open(seed: number): Promise<Opened> {
  const dice = new Dice(seed);
  const { files, answers } = dice.of(FAMILIES)(dice);
  const names = files.map(({ name }) => name);
  const afterwards = Array.from({ length: 1 + dice.below(2) }, () => dice.of(ACCIDENTS)(dice, files));
  const folder = join(parent, `folder ${seed}`);
  await mkdir(folder);
  for (const { name, bytes } of files) await writeAt(folder, name, bytes);
  for (const accident of afterwards) await accident?.(folder);
  const start = performance.now();
  const outcome = await inTime(openFolder(folder, answers).catch((error: unknown) => error));
  const milliseconds = performance.now() - start;
  await rm(folder, { recursive: true });
  return { names: [...names, ...files.map(({ name }) => name)], outcome, milliseconds };
}

/** An error in place of waiting for ever. */
async function inTime(opening: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve(new Error('It hangs.')), LONGEST)));
  return Promise.race([opening, late]).finally(() => clearTimeout(timer));
}

/** @returns what is wrong with an outcome, or undefined */
function fault({ names, outcome }: Opened): string | undefined {
  if (!(outcome instanceof Error)) return inconsistency(outcome as Dataset);
  if (/^The folder asks: (hold-out|which|transposed)$/.test(outcome.message)) return undefined;
  if (!(outcome instanceof StudioError)) return `${outcome.name}: ${outcome.message}`;
  const { code, message } = outcome;
  if (!ERROR_CODES.includes(code) || code === 'unexpected') return `the code ${code}`;
  // What is missing is named as it should be called; everything else as it is called.
  const named =
    code === 'file-missing'
      ? /(train|t10k|test)-(images|labels)-idx\d-(ubyte|int)/.test(message)
      : names.some((name) => message.includes(basename(name)));
  return named && / please \S.*\.$/i.test(message)
    ? undefined
    : `no sentence that names its file and says what to do: ${message}`;
}

function inconsistency({ info, train, test }: Dataset): string | undefined {
  const classes = info.classNames.length;
  if (classes < 2 || classes > 1000 || info.classNames.some((name) => name === ''))
    return `${classes} classes: ${info.classNames.join()}`;
  const ofSet = (set: ImageSet, count: number, perClass: number[]) => {
    const counted = new Array<number>(classes).fill(0);
    for (const label of set.labels) counted[label] = (counted[label] ?? 0) + 1;
    const right =
      set.count > 0 &&
      set.count === count &&
      set.labels.length === count &&
      set.pixels.length === count * info.rows * info.columns;
    return right && counted.join() === perClass.join();
  };
  if (!ofSet(train, info.trainCount, info.trainPerClass)) return 'a training set that contradicts its description';
  if (!ofSet(test, info.testCount, info.testPerClass)) return 'a test set that contradicts its description';
  const zeros = train.pixels.filter((pixel) => pixel === 0).length;
  return info.zeroShare === zeros / train.pixels.length ? undefined : `a share of zeros of ${info.zeroShare}`;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function memoryInUse(): Promise<number> {
  for (let k = 0; k < 3; k++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const filesOpen = () => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);

describe('a damaged folder', () => {
  it('is opened or refused with a sentence, soon, and nothing of it stays in memory', async () => {
    const outcomes = new Map<string, number>();
    const faults: string[] = [];
    let memory = 0;
    let descriptors = 0;
    for (let seed = 0; seed < FOLDERS; seed++) {
      if (seed === WARM_UP) [memory, descriptors] = [await memoryInUse(), filesOpen()];
      const opened = await open(seed);
      const wrong = fault(opened) ?? (opened.milliseconds > LONGEST ? `${opened.milliseconds} ms` : undefined);
      if (wrong !== undefined) faults.push(`folder ${seed}: ${wrong}`);
      const kind =
        opened.outcome instanceof StudioError
          ? opened.outcome.code
          : opened.outcome instanceof Error
            ? 'question'
            : 'opened';
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    }
    expect(faults).toEqual([]);
    expect((await memoryInUse()) - memory).toBeLessThan(MOST_GROWTH);
    expect(filesOpen()).toBeLessThanOrEqual(descriptors + 5);

    // The dice are such that everything happens often.
    for (const code of [
      'file-missing',
      'file-unreadable',
      'not-idx',
      'file-truncated',
      'counts-differ',
      'sizes-differ',
      'label-out-of-range',
      'too-large',
      'class-names-wrong',
    ]) {
      expect(outcomes.get(code), code).toBeGreaterThan(5);
    }
    expect(outcomes.get('opened')).toBeGreaterThan(200);
  }, 180_000);
});
