// Thousands of files of networks, each damaged at random but the same in every run: each is read or refused with a sentence that names it.
import { expect, it } from 'vitest';
import { StudioError } from '../../../../src-shared/errors';
import { EXPORT_FORMATS } from '../../../../src-main/export/formats';
import { IMPORT_SUFFIXES } from '../../../../src-shared/network-formats';

import { Random } from '../../../../src-main/trainer/rng';
import { npzOf, SMALL } from '../../../fixtures/network-files';
import { openedNetwork, type OpenedFile } from '../../../fixtures/opened-network';

const DAMAGES = 1500;
/** Bytes that a damaged file of some thousand bytes may cost. */
const MOST_GROWTH = 300_000_000;

type Suffix = (typeof IMPORT_SUFFIXES)[number];

const encode = (suffix: Suffix) => EXPORT_FORMATS[suffix].encode(SMALL, '1.2.3');
const FILES: [string, Suffix, Uint8Array][] = [
  ...IMPORT_SUFFIXES.map((suffix): [string, Suffix, Uint8Array] => [suffix, suffix, encode(suffix)]),
  ['.npz of another program', '.npz', npzOf({ '0.weight': [4, 6], '0.bias': [4], '1.running_mean': [4], '1.running_var': [4], '3.weight': [3, 4], mean: [1], std: [1], history: [9] })],
  ['.json of another program', '.json', new TextEncoder().encode(JSON.stringify({ sizes: [2, 3, 2], weights: [[[1, 2], [3, 4], [5, 6]], [[1, 2, 3], [4, 5, 6]]], biases: [[[1], [2], [3]], [[1], [2]]], cost: 'CrossEntropyCost' }))],
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
  const near = () => (dice.below(2) === 0 ? place() : dice.below(2) === 0 ? dice.below(Math.min(200, damaged.length)) : Math.max(0, damaged.length - 1 - dice.below(400)));
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
      return Uint8Array.of(...bytes.subarray(0, at), ...Array.from({ length: 1 + dice.below(20) }, () => dice.below(256)), ...bytes.subarray(at));
    }
    case 5: {
      const at = near();
      return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 1 + dice.below(20)));
    }
    case 6:
      new DataView(damaged.buffer).setUint32(Math.min(near(), damaged.length - 4), [0xffffffff, 0x7fffffff, 1 << 24, 0][dice.below(4)]!, true);
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
  if (activation !== undefined && !['relu', 'leaky-relu', 'sigmoid', 'tanh', 'gelu'].includes(activation)) return `the activation ${activation}`;
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
      const isSentence = error instanceof StudioError && error.message.includes(`file${suffix}`) && error.message.endsWith('.');
      if (!isSentence) faults.push(`${seed}: ${String(error)}`);
      refused++;
    }
  }
  expect(faults).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH);
  expect(refused).toBeGreaterThan(DAMAGES / 4);
  // The check sums of a ZIP find nearly all.
  expect(read).toBeGreaterThan(suffix === '.npz' ? 5 : DAMAGES / 50);
});
