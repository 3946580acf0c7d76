import { describe, expect, it } from 'vitest';
import {
  costInWords,
  costPerEpoch,
  costPerImage,
  formatAbout,
  formatLarge,
  measuredSpeed,
} from '../../../../src-renderer/settings/network-cost';
import type { Run } from '../../../../src-renderer/client/training';
import type { DatasetInfo } from '../../../../src-shared/data/dataset';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';

const settings: Settings = { ...PLAIN_SETTINGS, hidden: [256] };
const dataset = { trainCount: 1000, zeroShare: 0.8 } as DatasetInfo;
const run = {
  settings,
  changes: [],
  sizes: [784, 256, 10],
  results: [],
  progress: { imagesPerSecond: 2000 },
} as unknown as Run;

describe('the cost of training', () => {
  it('counts three multiply-adds for each weight, and two in the first layer for pixels that are not zero', () => {
    expect(costPerImage([10, 5, 2], 0)).toBe(2 * 50 + 3 * 10);
    expect(costPerImage([10, 5, 2], 0.8)).toBeCloseTo(0.4 * 50 + 3 * 10);
    expect(costPerImage([10, 2], 0.5)).toBe(20);
  });

  it('does not count the validation images', () => {
    expect(costPerEpoch([10, 2], dataset, 0.1)).toBeCloseTo(costPerImage([10, 2], 0.8) * 900);
  });
});

describe('the time of an epoch', () => {
  it('is unknown before a run has measured it, or if the run used another engine', () => {
    expect(measuredSpeed(undefined, settings, 0.8)).toBeUndefined();
    expect(measuredSpeed({ ...run, progress: undefined }, settings, 0.8)).toBeUndefined();
    expect(measuredSpeed(run, { ...settings, engine: 'reference' }, 0.8)).toBeUndefined();
    expect(costInWords([784, 256, 10], dataset, settings, undefined)).toBe('88 million multiply-adds an epoch');
  });

  it('grows with the cost', () => {
    expect(costInWords([784, 256, 10], dataset, settings, run)).toBe('88 million multiply-adds an epoch, about 0.5 s');
    expect(costInWords([784, 256, 10], { ...dataset, trainCount: 60_000 }, settings, run)).toBe(
      '5.3 billion multiply-adds an epoch, about 30 s',
    );
  });
});

it('writes large numbers in words', () => {
  expect([46_800_000_000, 1_240_000_000, 999_900_000, 84_000, 3e12].map(formatLarge)).toEqual([
    '47 billion',
    '1.2 billion',
    '1 billion',
    '84000',
    '3 trillion',
  ]);
  expect([0.012, 0.42, 12.3, 200, 9000].map(formatAbout)).toEqual(['12 ms', '0.4 s', '12 s', '3 min', '3 h']);
});
