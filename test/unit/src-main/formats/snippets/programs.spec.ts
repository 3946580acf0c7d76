// The programs that are shown after an export, run with the real libraries on every form of dataset: each must print
// the app's accuracy.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../../../src-shared/runs/checkpoint';
import type { ExportSuffix } from '../../../../../src-shared/networks/network-formats';
import { runC, runPython, withoutCompiler, withoutPython } from '../../../../fixtures/other-programs';
import { gzip } from '../../../../fixtures/idx';
import { idxOf } from '../../../../fixtures/idx-datasets';
import {
  exportWithProgram,
  openProgramDataset,
  trainOn,
  writeProgramDataset,
  type ProgramDataset,
} from '../../../../fixtures/program-datasets';
import { kaggleTables, kerasArchive, pictureFolders, zipOf, type PlainSets } from '../../../../fixtures/program-files';

const mnist =
  (before: (set: 'train' | 'test') => string, ending = '') =>
  (set: 'train' | 'test'): [string, string] => [
    `${before(set)}-images-idx3-ubyte${ending}`,
    `${before(set)}-labels-idx1-ubyte${ending}`,
  ];
const usual = (set: 'train' | 'test') => (set === 'train' ? 'train' : 't10k');
const upTo = (count: number, first = 0) => Array.from({ length: count }, (_, k) => first + k);

const DATASETS: ProgramDataset[] = [
  { name: 'MNIST’s names, unpacked', files: mnist(usual), labels: upTo(10) },
  { name: 'a sub-folder, packed', files: mnist((set) => `it's raw/${usual(set)}`, '.gz'), labels: upTo(10) },
  {
    name: 'EMNIST letters',
    files: mnist((set) => `gzip/emnist-letters-${set}`, '.gz'),
    labels: upTo(12, 1),
    transposed: true,
  },
  {
    name: 'EMNIST digits, unpacked',
    files: mnist((set) => `emnist-digits-${set}`),
    labels: upTo(10),
    transposed: true,
  },
  {
    name: 'QMNIST',
    files: (set) => [`qmnist-${set}-images-idx3-ubyte.gz`, `qmnist-${set}-labels-idx2-int.gz`],
    labels: upTo(10),
    labelType: 'int32',
    row: (label) => [label, 5, 2100, 7, 70_000, -1, 0, 0],
  },
  {
    name: 'a test set that was held out',
    files: mnist(usual, '.gz'),
    labels: upTo(7),
    hasTest: false,
    answers: { holdOut: 0.35 },
  },
  { name: 'threes against sevens', files: mnist(usual), labels: [3, 7] },
  {
    name: 'one-hot labels',
    files: mnist(usual),
    labels: upTo(5),
    labelType: 'int32',
    row: (label) => upTo(5).map((column) => Number(column === label)),
  },
  {
    name: 'floats from −1 to 1 with a channel',
    files: mnist(usual),
    labels: upTo(10),
    imageType: 'float32',
    pixel: (byte) => byte / 127.5 - 1,
    channels: [1],
    labelType: 'int32',
  },
  {
    name: 'letters with gaps, on their side, held out, of signed numbers',
    files: mnist((set) => `emnist-mnist-${set}`),
    labels: [-4, 2, 3, 90],
    labelType: 'int16',
    transposed: true,
    hasTest: false,
    answers: { holdOut: 0.5 },
    imageType: 'float64',
    pixel: (byte) => byte / 255,
  },
  { name: 'Keras’s mnist.npz', write: kerasArchive, labels: upTo(10) },
  { name: 'Kaggle’s tables', write: kaggleTables, labels: upTo(10) },
  {
    name: 'a table of words, held out',
    write: (sets) => ({ 'train.csv': kaggleTables(sets)['mnist_train.csv']! }),
    labels: ['cat', 'dog', 'fox'],
    hasTest: false,
    answers: { holdOut: 0.4 },
  },
  {
    name: 'an IDX file of a ZIP archive',
    write: (sets) => ({ 'archive.zip': zipOf(idxOfSets(sets)) }),
    labels: upTo(10, 1),
  },
  {
    name: 'a table in a ZIP archive',
    write: (sets) => ({ 'archive.zip': zipOf(kaggleTables(sets)) }),
    labels: upTo(10),
  },
];
const PICTURES: ProgramDataset[] = [
  {
    name: 'pictures',
    write: (sets) => pictureFolders(sets, { train: 'training/', test: 'testing/' }),
    labels: upTo(10),
  },
  {
    name: 'dark pictures of words, held out',
    write: (sets) => pictureFolders(sets, { train: '' }),
    labels: ['a2', 'a10', 'b'],
    hasTest: false,
    answers: { holdOut: 0.5 },
    isDarkOnLight: true,
  },
  {
    name: 'pictures in a ZIP archive',
    write: (sets) => ({ 'pictures.zip': zipOf(pictureFolders(sets, { train: 'train/', test: 'test/' })) }),
    labels: upTo(10),
  },
];

function idxOfSets(sets: PlainSets): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(sets).flatMap(([set, { rows, columns, images, labels }]) => {
      const name = set === 'train' ? 'train' : 't10k';
      return [
        [`raw/${name}-images-idx3-ubyte.gz`, gzip(idxOf([images.length, rows, columns], images.flat()))],
        [`raw/${name}-labels-idx1-ubyte`, idxOf([labels.length], labels as number[])],
      ];
    }),
  );
}

interface Case {
  dataset: ProgramDataset;
  folder: string;
  checkpoint: Checkpoint;
}

let folder: string;
const cases: Case[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mnist-studio-programs-'));
  const withPictures = withoutPython('numpy', 'PIL') === undefined;
  for (const [k, dataset] of [...DATASETS, ...(withPictures ? PICTURES : [])].entries()) {
    const own = join(folder, `dataset ${k}`);
    mkdirSync(own);
    await writeProgramDataset(own, dataset);
    const opened = await openProgramDataset(own, dataset);
    const checkpoint = await trainOn(opened, k % 2 === 0 ? {} : { activation: 'leaky-relu', leakySlope: 0.3 });
    cases.push({ dataset, folder: own, checkpoint });
    // As stored by version 0.1, without the names of the files.
    if (k === 0)
      cases.push({
        dataset: { ...dataset, name: 'a run of version 0.1' },
        folder: own,
        checkpoint: { ...checkpoint, dataset: { ...checkpoint.dataset, testSource: undefined } },
      });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs all programs in one process, each in its dataset's folder, and checks what they print. */
async function expectAccuracies(suffix: ExportSuffix, modules: string[], tried = cases): Promise<void> {
  const programs: string[] = [];
  for (const [k, { folder, checkpoint }] of tried.entries()) {
    const file = join(folder, `program${k}.py`);
    writeFileSync(file, await exportWithProgram(folder, suffix, checkpoint));
    programs.push(
      `os.chdir(${JSON.stringify(folder)})`,
      `exec(open(${JSON.stringify(file)}, encoding="utf-8").read(), {})`,
    );
  }
  const lines = runPython(['import os', ...programs].join('\n'), folder, modules)
    .trim()
    .split('\n');
  expect(lines).toHaveLength(tried.length);
  lines.forEach((line, k) => expectAccuracy(line, tried[k]!));
}

function expectAccuracy(line: string, { dataset, checkpoint: { result } }: Case): void {
  const [, found, said] = /^test accuracy (\S+) the app says (\S+)$/.exec(line.replace(', ', ' '))!;
  expect(
    [Number(found), Number(said)].map((value) => value.toFixed(9)),
    dataset.name,
  ).toEqual([result.testAccuracy.toFixed(9), result.testAccuracy.toFixed(9)]);
}

const unless = (reason: string | undefined) => (reason === undefined ? '' : ` (not run: ${reason})`);

it('the networks classify some images correctly but not all, so that permuted images or labels are noticed', () => {
  for (const { dataset, checkpoint } of cases) {
    expect(checkpoint.result.testAccuracy, dataset.name).toBeGreaterThan(1.5 / dataset.labels.length);
    expect(checkpoint.result.testAccuracy, dataset.name).toBeLessThan(1);
  }
});

describe('the program reproduces the accuracy of the app for every dataset', () => {
  // Keras takes long for each network, and the part that reads the images is the same in Python.
  const LIBRARIES: [ExportSuffix, string[]][] = [
    ['.npz', ['numpy']],
    ['.json', ['numpy']],
    ['.safetensors', ['numpy', 'torch', 'safetensors']],
    ['.onnx', ['numpy', 'onnxruntime']],
    ['.weights.h5', ['numpy', 'keras']],
  ];
  for (const [suffix, modules] of LIBRARIES) {
    const reason = withoutPython(...modules);
    it.skipIf(reason)(`${suffix}${unless(reason)}`, () =>
      expectAccuracies(suffix, modules, modules.includes('keras') ? cases.slice(2, 4) : cases),
    );
  }

  const reason = withoutCompiler() ?? withoutPython('numpy');
  it.skipIf(reason)(`.h${unless(reason)}`, async () => {
    const programs = await Promise.all(
      cases.map(({ folder, checkpoint }) => exportWithProgram(folder, '.h', checkpoint)),
    );
    const inPython = programs.flatMap((program, k) => {
      const lines = program
        .split('\n')
        .filter((line) => line.startsWith('//'))
        .slice(3)
        .map((line) => line.slice(3));
      if (lines.length === 0) return [];
      writeFileSync(join(cases[k]!.folder, 'convert.py'), lines.join('\n'));
      return [`os.chdir(${JSON.stringify(cases[k]!.folder)})`, 'exec(open("convert.py", encoding="utf-8").read(), {})'];
    });
    runPython(['import os', ...inPython].join('\n'), folder);
    for (const [k, one] of cases.entries()) {
      writeFileSync(join(one.folder, `test${k}.c`), programs[k]!);
      expectAccuracy(runC(`test${k}.c`, one.folder, ['-std=c99']).trim(), one);
    }
  });
});
