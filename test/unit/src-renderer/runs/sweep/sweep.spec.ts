import { describe, expect, it } from 'vitest';
import {
  parseSeeds,
  parseValues,
  refusedSweep,
  sweepInWords,
  sweepName,
  sweepRuns,
  valuesExample,
  SWEEP_FIELDS,
} from '../../../../../src-renderer/runs/sweep/sweep';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import { settingsSchema } from '../../../../../src-shared/settings/settings-schema';

describe('typed values', () => {
  it('are refused with the sentence of their field', () => {
    expect(parseValues('learningRate', '0.1, fast', [])).toContain('Learning rate must be');
    expect(parseValues('epochs', '10, 2.5', [])).toContain('whole number');
    expect(parseValues('hidden', '64; 9999', [])).toContain('Hidden units must be');
  });

  it('are refused if there are none, or one appears twice', () => {
    expect(parseValues('learningRate', ' ', [])).toBe('Type values of learning rate, such as “0.01, 0.03, 0.1”.');
    expect(parseValues('learningRate', '٠٫١،', [])).toContain('must be');
    expect(parseValues('learningRate', '0.1,', [])).toContain('must be');
    expect(parseValues('optimizer', '', [])).toBe('Choose at least one value of optimizer.');
    expect(parseValues('learningRate', '0.1, 1e-1', [])).toBe('Learning rate 0.1 appears twice: type each value once.');
  });

  it('are numbers, layers or choices', () => {
    expect(parseValues('learningRate', '0.01, 0.03,0.1', [])).toEqual([0.01, 0.03, 0.1]);
    expect(parseValues('hidden', '64; 128, 64; none', [])).toEqual([[64], [128, 64], []]);
    expect(parseValues('learningRate', '٠٫٠١، ۰٫۱', [])).toEqual([0.01, 0.1]);
    expect(parseValues('hidden', '٦٤؛ ١٢٨، ٦٤', [])).toEqual([[64], [128, 64]]);
    expect(parseValues('optimizer', '', ['adam', 'sgd'])).toEqual(['sgd', 'adam']);
    expect(parseValues('gradientDivisions', '', ['2'])).toEqual([2]);
  });

  it('have an example that is accepted, except for fields with a narrower range', () => {
    expect(parseValues('hidden', valuesExample('hidden'), [])).toHaveLength(3);
    expect(parseValues('batchSize', valuesExample('batchSize'), [])).toEqual([32, 64, 128]);
    expect(SWEEP_FIELDS).not.toContain('seed');
  });
});

describe('a sweep', () => {
  const rates = { name: 'learningRate', values: [0.1, 0.2] } as const;
  const layers = { name: 'hidden', values: [[64], [128, 64]] };
  const variations = [{ ...rates, values: [...rates.values] }, layers] as Parameters<typeof sweepRuns>[1];

  it('is refused with too many runs, or settings that cannot be trained', () => {
    expect(refusedSweep(sweepRuns(PLAIN_SETTINGS, variations, 51), 60_000)).toContain(
      'That makes 204 runs; at most 200',
    );
    expect(refusedSweep(sweepRuns(PLAIN_SETTINGS, [{ name: 'keep', values: ['best'] }], 1), 60_000)).toContain(
      'validation split',
    );
    expect(refusedSweep(sweepRuns(PLAIN_SETTINGS, [{ name: 'batchSize', values: [64, 128] }], 1), 100)).toContain(
      'at most 100',
    );
    expect(['', '0', '2.5', '201'].map((text) => typeof parseSeeds(text))).toEqual([
      'string',
      'string',
      'string',
      'string',
    ]);
  });

  it('has every combination with every seed, starting from the seed of the settings', () => {
    const runs = sweepRuns({ ...PLAIN_SETTINGS, seed: 7 }, variations, 2);
    expect(runs.map(({ learningRate, hidden, seed }) => [learningRate, hidden.join(), seed])).toEqual([
      [0.1, '64', 7],
      [0.1, '64', 8],
      [0.1, '128,64', 7],
      [0.1, '128,64', 8],
      [0.2, '64', 7],
      [0.2, '64', 8],
      [0.2, '128,64', 7],
      [0.2, '128,64', 8],
    ]);
    expect(refusedSweep(runs, 60_000)).toBeUndefined();
  });

  it('varies only the seed if no setting varies, and starts again after the largest seed', () => {
    const runs = sweepRuns({ ...PLAIN_SETTINGS, seed: 4_294_967_295 }, [], parseSeeds('3') as number);
    expect(runs.map(({ seed }) => seed)).toEqual([4_294_967_295, 0, 1]);
    runs.forEach((settings) => expect(settingsSchema.safeParse(settings).success).toBe(true));
  });

  it('says how many runs it makes and what it varies', () => {
    expect(sweepInWords(variations, 5)).toBe('2 values × 2 values × 5 seeds: 20 runs, one after the other');
    expect(sweepInWords([], 1)).toBe('1 seed: 1 run, one after the other');
    expect(sweepName(variations, 3)).toBe('Learning rate 0.1, 0.2 × Hidden units 64, 128 → 64 × 3 seeds');
    expect(sweepName([], 3)).toBe('3 seeds');
  });
});
