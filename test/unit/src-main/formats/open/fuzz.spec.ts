// Thousands of network files with reproducible random damage: each is imported, or refused with a sentence that names
// it.
import { expect, it } from 'vitest';
import { StudioError } from '../../../../../src-shared/errors';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { ROUND_TRIP_SUFFIXES } from '../../../../../src-shared/networks/network-formats';
import { Random } from '../../../../../src-shared/nn/rng';
import { dense, hdf5Of, kerasArchive, layer, sequential } from '../../../../fixtures/keras-files';
import { npzOf, SMALL } from '../../../../fixtures/network-files';
import { openedNetwork, type OpenedFile } from '../../../../fixtures/opened-network';
import { RICH_ONNX } from '../../../../fixtures/rich-onnx';

const DAMAGES = 1500;
/** Bytes that a damaged file of some thousand bytes may cost. */
const MAX_GROWTH = 300_000_000;

type Suffix = (typeof ROUND_TRIP_SUFFIXES)[number] | '.keras' | '.h5';

const encode = (suffix: (typeof ROUND_TRIP_SUFFIXES)[number]) => EXPORT_FORMATS[suffix].encode(SMALL, '1.2.3');
/** A model of Keras with its configuration, and its weights as Keras 3 names them. */
const MODEL = sequential(
  layer('InputLayer', { batch_shape: [null, 2, 3] }),
  layer('Rescaling', { scale: 1 / 255 }),
  layer('Flatten'),
  dense('a', 'relu'),
  dense('b', 'softmax'),
);
const KERAS_3 = {
  'layers/dense/vars/0': [6, 4],
  'layers/dense/vars/1': [4],
  'layers/dense_1/vars/0': [4, 3],
  'layers/dense_1/vars/1': [3],
};
const KERAS_2 = {
  'model_weights/a/a/kernel:0': [6, 4],
  'model_weights/a/a/bias:0': [4],
  'model_weights/b/b/kernel:0': [4, 3],
  'model_weights/b/b/bias:0': [3],
};
const NEWEST = {
  arrays: Object.fromEntries(
    Object.entries(KERAS_3).map(([path, shape]) => [
      path,
      {
        shape,
        values: new Float32Array(shape.reduce((a, b) => a * b)).fill(0.5),
        chunks: shape.map(() => 2),
        filter: 'gzip' as const,
      },
    ]),
  ),
  newest: true,
  trackOrder: true,
};

const FILES: [string, Suffix, Uint8Array][] = [
  ...ROUND_TRIP_SUFFIXES.map((suffix): [string, Suffix, Uint8Array] => [suffix, suffix, encode(suffix)]),
  ['.keras', '.keras', kerasArchive(MODEL, await hdf5Of({ shapes: KERAS_3 }))],
  [
    '.h5 of a whole model',
    '.h5',
    await hdf5Of({ shapes: KERAS_2, attributes: { '': { model_config: JSON.stringify(MODEL) } } }),
  ],
  ['.weights.h5 of the newest version, compressed', '.weights.h5', await hdf5Of(NEWEST)],
  ['.onnx, of other programs', '.onnx', RICH_ONNX],
  [
    '.npz of another program',
    '.npz',
    npzOf({
      '0.weight': [4, 6],
      '0.bias': [4],
      '1.running_mean': [4],
      '1.running_var': [4],
      '3.weight': [3, 4],
      mean: [1],
      std: [1],
      history: [9],
    }),
  ],
  [
    '.json of another program',
    '.json',
    new TextEncoder().encode(
      JSON.stringify({
        sizes: [2, 3, 2],
        weights: [
          [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ],
        biases: [
          [[1], [2], [3]],
          [[1], [2]],
        ],
        cost: 'CrossEntropyCost',
      }),
    ),
  ],
  ['.npz, compressed', '.npz', npzOf({ W1: [6, 4], b1: [4], W2: [4, 3], b2: [3] }, 6)],
];

class Dice {
  private readonly random: Random;
  constructor(seed: number) {
    this.random = new Random(seed, 'order');
  }
  below(limit: number): number {
    return Math.floor(this.random.uniform() * limit);
  }
}

const INTERESTING = [0, 1, 0x7f, 0x80, 0xff];

function damage(dice: Dice, bytes: Uint8Array): Uint8Array {
  const damaged = bytes.slice();
  const place = () => dice.below(damaged.length);
  // Half of all damages are to the first or last bytes, where headers and directories are.
  const near = () =>
    dice.below(2) === 0
      ? place()
      : dice.below(2) === 0
        ? dice.below(Math.min(200, damaged.length))
        : Math.max(0, damaged.length - 1 - dice.below(400));
  switch (dice.below(8)) {
    case 0:
      damaged[near()]! ^= 1 << dice.below(8);
      return damaged;
    case 1:
      for (let k = 0; k < 8; k++) damaged[near()] = INTERESTING[dice.below(INTERESTING.length)]!;
      return damaged;
    case 2:
      return damaged.slice(0, place());
    case 3: {
      const [from, to, length] = [place(), place(), dice.below(64)];
      damaged.set(bytes.subarray(from, Math.min(from + length, from + damaged.length - to)), to);
      return damaged;
    }
    case 4: {
      const at = near();
      return Uint8Array.of(
        ...bytes.subarray(0, at),
        ...Array.from({ length: 1 + dice.below(20) }, () => dice.below(256)),
        ...bytes.subarray(at),
      );
    }
    case 5: {
      const at = near();
      return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 1 + dice.below(20)));
    }
    case 6:
      new DataView(damaged.buffer).setUint32(
        Math.min(near(), damaged.length - 4),
        [0xffffffff, 0x7fffffff, 1 << 24, 0][dice.below(4)]!,
        true,
      );
      return damaged;
    default:
      return Uint8Array.from({ length: dice.below(600) }, () => dice.below(256));
  }
}

/** @returns what is wrong with a network that was read, or undefined */
function fault({ layers, activation, classNames }: OpenedFile): string | undefined {
  for (const [k, { weight, bias, inputs, outputs }] of layers.entries()) {
    if (weight.length !== inputs * outputs || bias.length !== outputs) return 'a layer of another size than it says';
    if (k > 0 && layers[k - 1]!.outputs !== inputs) return 'layers that do not fit';
    if (![...weight, ...bias].every(Number.isFinite)) return 'a number that is none';
  }
  if (activation !== undefined && !['relu', 'leaky-relu', 'sigmoid', 'tanh', 'gelu'].includes(activation))
    return `the activation ${activation}`;
  return classNames && classNames.length !== layers.at(-1)!.outputs ? 'more names than classes' : undefined;
}

it.each(FILES)('a damaged file is read or refused with a sentence: %s', async (_title, suffix, bytes) => {
  const faults: string[] = [];
  let read = 0;
  let refused = 0;
  const before = process.memoryUsage().rss;
  for (let seed = 0; seed < DAMAGES; seed++) {
    try {
      const wrong = fault(await openedNetwork(`file${suffix}`, damage(new Dice(seed), bytes)));
      if (wrong !== undefined) faults.push(`${seed}: ${wrong}`);
      read++;
    } catch (error) {
      const isSentence =
        error instanceof StudioError && error.message.includes(`file${suffix}`) && error.message.endsWith('.');
      if (!isSentence) faults.push(`${seed}: ${String(error)}`);
      refused++;
    }
  }
  expect(faults).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH);
  expect(refused).toBeGreaterThan(DAMAGES / 4);
  // The checksums of a ZIP find nearly all.
  expect(read).toBeGreaterThan(suffix === '.npz' || suffix === '.keras' ? 5 : DAMAGES / 50);
});
