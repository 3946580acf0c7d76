import { describe, expect, it } from 'vitest';
import {
  epochTimeInWords,
  costPerEpoch,
  costPerImage,
  formatAbout,
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
    expect(epochTimeInWords([784, 256, 10], dataset, settings, undefined)).toBeUndefined();
  });

  it('grows with the cost', () => {
    expect(epochTimeInWords([784, 256, 10], dataset, settings, run)).toBe('≈ 0.5 s an epoch');
    expect(epochTimeInWords([784, 256, 10], { ...dataset, trainCount: 60_000 }, settings, run)).toBe('≈ 30 s an epoch');
  });
});

it('writes times in words', () => {
  expect([0.012, 0.42, 12.3, 200, 9000].map(formatAbout)).toEqual(['12 ms', '0.4 s', '12 s', '3 min', '3 h']);
});
