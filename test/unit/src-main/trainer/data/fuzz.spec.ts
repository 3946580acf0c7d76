// Thousands of small folders, damaged at random but the same in every run. Each is opened, or refused with a sentence
// that names a file; none hangs, none leaks.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES, StudioError } from '../../../../../src-shared/errors';
import type { Dataset, ImageSet } from '../../../../../src-main/trainer/data/dataset';
import { ACCIDENTS, Dice, FAMILIES } from '../../../../fixtures/damaged-folders';
import { makeFolder, openFolder } from '../../../../fixtures/folders';
import { writeAt } from '../../../../fixtures/folder-tree';

const FOLDERS = 2400;
const LONGEST = 5000;
const WARM_UP = 300;
const MOST_GROWTH = 20_000_000;

let parent: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder: parent, remove } = await makeFolder()));
afterAll(() => remove());

interface Opened {
  names: string[];
  /** A dataset, an error, or a question, which is not a failure. */
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

/** Gives an error instead of waiting forever. */
async function inTime(opening: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve(new Error('It hangs.')), LONGEST)));
  return Promise.race([opening, late]).finally(() => clearTimeout(timer));
}

/** What is wrong with an outcome; undefined if nothing is. */
function fault({ names, outcome }: Opened): string | undefined {
  if (!(outcome instanceof Error)) return inconsistency(outcome as Dataset);
  if (/^The folder asks: (hold-out|which|transposed)$/.test(outcome.message)) return undefined;
  if (!(outcome instanceof StudioError)) return `${outcome.name}: ${outcome.message}`;
  const { code, message } = outcome;
  if (!ERROR_CODES.includes(code) || code === 'unexpected') return `the code ${code}`;
  // A missing file is named as expected; every other file by its real name.
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

    // Every outcome happens often enough to be tested.
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
