// Weights in a file beside the .onnx are read from the given range, and never from outside the folder.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../src-shared/errors';
import { float32Bytes } from '../../../../../src-main/formats/save/float32';
import { readNetworkFile } from '../../../../../src-main/formats/open/import-network';
import { Random } from '../../../../../src-shared/nn/rng';
import * as g from '../../../../fixtures/onnx-graph';

const LAYER = { inputs: 3, outputs: 2, weight: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(7, 8) };
const WEIGHTS = float32Bytes(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
const NODES = [g.node('Gemm', ['x', 'W', 'B'], 'z', g.integer('transB', 1))];

let outside: string;
let folder: string;
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'mnist-studio-external-'));
  folder = join(outside, 'models');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  for (const place of ['n.onnx.data', 'sub/w.bin', '../secret.data']) writeFileSync(join(folder, place), WEIGHTS);
  writeFileSync(join(folder, 'short.data'), WEIGHTS.subarray(0, 20));
  symlinkSync(join(outside, 'secret.data'), join(folder, 'linked.data'));
  symlinkSync(outside, join(folder, 'linked'));
  symlinkSync(join(folder, 'n.onnx.data'), join(folder, 'inside.data'));
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

async function read(
  weight: Record<string, string>,
  bias: Record<string, string> = { location: 'n.onnx.data', offset: '24', length: '8' },
) {
  const path = join(folder, 'n.onnx');
  writeFileSync(
    path,
    g.onnxModel({ nodes: NODES, constants: [g.externalTensor('W', [2, 3], weight), g.externalTensor('B', [2], bias)] }),
  );
  return (await readNetworkFile(path)).candidates[0]!.layers();
}

const OUTSIDE = [
  '../secret.data',
  'sub/../../secret.data',
  '..\\secret.data',
  '/etc/hostname',
  '\\\\server\\share',
  'C:\\secret.data',
  'C:secret.data',
  'n.onnx.data:stream',
  'a\0b',
  '',
  '.',
  '/',
  'linked.data',
  'linked/secret.data',
];

describe('weights beside an ONNX file are refused', () => {
  it.each(OUTSIDE)('in “%s”, which is not a file of its folder', async (location) => {
    await expect(read({ location })).rejects.toThrow(
      new RegExp(
        'n\\.onnx cannot be read as a network: its weights are (said to be )?in “.*”' +
          '(: expected the name of a file in its own folder|, which is a link that leads out of its folder)',
        's',
      ),
    );
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'that are missing',
      { location: 'm.data' },
      'its weights are in “m.data”, which is not beside it. Please put both into one folder and choose n.onnx again.',
    ],
    ['in a folder', { location: 'sub' }, 'its weights are in “sub”, which is not a file'],
    ['behind a file that is not a folder', { location: 'n.onnx.data/w' }, 'which is not beside it'],
    [
      'that are cut off',
      { location: 'short.data' },
      'its weights are in “short.data”, which has 20 bytes: expected at least 24',
    ],
    ['that begin too late', { location: 'n.onnx.data', offset: '9' }, 'which has 32 bytes: expected at least 33'],
    ['that begin before the file', { location: 'n.onnx.data', offset: '-1' }, 'is said to be at -1'],
    [
      'that begin beyond all numbers',
      { location: 'n.onnx.data', offset: '99999999999999999999' },
      'is said to be at 99999999999999999999',
    ],
    [
      'of another length',
      { location: 'n.onnx.data', length: '4' },
      'with 4 bytes in another file, but its shape and type promise 24',
    ],
    ['of a length that is not a number', { location: 'n.onnx.data', length: '1e1' }, 'with 1e1 bytes'],
    ['without a location', {}, 'its weights are said to be in “”'],
  ])('%s', async (_what, weight, reason) => {
    await expect(read(weight)).rejects.toThrow(reason);
  });

  it('that are too large together, without reading them', async () => {
    const huge = Array.from({ length: 9 }, (_, k) => g.externalTensor(`W${k}`, [16_384, 8192], { location: 'm.data' }));
    const path = join(folder, 'huge.onnx');
    writeFileSync(path, g.onnxModel({ nodes: NODES, constants: huge }));
    await expect(readNetworkFile(path)).rejects.toThrow(
      'its weights have 4831838208 bytes: at most 1073741824 can be used',
    );
  });
});

describe('weights beside an ONNX file are read', () => {
  it('in the branch of a condition', async () => {
    const place = (offset: number) => ({ location: 'n.onnx.data', offset: String(offset) });
    const branch = (...constants: g.Message[]) => ({ nodes: NODES, constants, inputs: [] });
    const own = branch(g.externalTensor('W', [2, 3], place(0)), g.externalTensor('B', [2], place(24)));
    const other = branch(g.tensor('W', [2, 3], [0, 0, 0, 0, 0, 0]), g.tensor('B', [2], [0, 0]));
    const node = g.node(
      'If',
      ['yes'],
      'y',
      g.graphAttribute('then_branch', own),
      g.graphAttribute('else_branch', other),
    );
    const path = join(folder, 'branch.onnx');
    writeFileSync(path, g.onnxModel({ nodes: [node], constants: [g.scalar('yes', 1)] }));
    expect((await readNetworkFile(path)).candidates[0]!.layers()).toEqual([LAYER]);
  });

  it.each<[string, Record<string, string>]>([
    ['with offset and length', { location: 'n.onnx.data', offset: '0', length: '24' }],
    ['without offset and length', { location: 'n.onnx.data' }],
    ['from a folder in the folder', { location: 'sub/w.bin' }],
    ['with the backslashes of Windows', { location: '.\\sub\\w.bin' }],
    ['through a link that stays inside the folder', { location: 'inside.data' }],
  ])('%s', async (_what, weight) => {
    expect(await read(weight)).toEqual([LAYER]);
  });
});

it('an ONNX file with any description of external data is read, or refused with a sentence that names it', async () => {
  const random = new Random(1, 'order');
  const one = <T>(list: readonly T[]): T => list[Math.floor(random.uniform() * list.length)]!;
  const locations = [
    ...OUTSIDE,
    'n.onnx.data',
    'n.onnx.data',
    'sub/w.bin',
    'short.data',
    'm.data',
    'n.onnx',
    'x'.repeat(300),
  ];
  const numbers = [
    '0',
    '4',
    '8',
    '24',
    '25',
    '-8',
    '4294967296',
    '9007199254740993',
    '1e3',
    '0x10',
    ' 4',
    '',
    'NaN',
    '00000000000000000000',
  ];
  const part = () => ({
    location: one(locations),
    ...(random.uniform() < 0.6 && { offset: one(numbers) }),
    ...(random.uniform() < 0.4 && { length: one(numbers) }),
  });
  let [refused, accepted] = [0, 0];
  for (let n = 0; n < 500; n++) {
    try {
      expect((await read(part(), random.uniform() < 0.5 ? undefined : part()))[0]).toMatchObject({
        inputs: 3,
        outputs: 2,
      });
      accepted++;
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      expect(error.message).toMatch(/^n\.onnx cannot be read as a network: .*\.$/s);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(300);
  expect(accepted).toBeGreaterThan(5);
});
