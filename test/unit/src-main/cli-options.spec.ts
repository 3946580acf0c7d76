import { describe, expect, it } from 'vitest';
import { HELP, parseOptions, UsageError } from '../../../src-main/cli-options';
import { PRESETS } from '../../../src-shared/settings';

describe('options are refused', () => {
  it.each([
    [[], '--data is missing'],
    [['--data', 'builtin', '--preset', 'best'], '--preset is best: expected one of recommended, seed.'],
    [['--data', 'builtin', '--lr', 'fast'], 'Learning rate must be a number from 0.000001 to 10.'],
    [['--data', 'builtin', '--epochs', '0'], 'Epochs must be a whole number from 1 to 1000.'],
    [['--data', 'builtin', '--hidden', '12,x'], 'Hidden units must be whole numbers from 1 to 2048'],
    [['--data', 'builtin', '--speed', '9'], "Unknown option '--speed'"],
    [['--data', 'builtin', 'extra'], 'extra'],
    [['--data'], '--data'],
  ])('%j', (args, sentence) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(sentence);
  });

  it('for an unknown activation, precision or engine', () => {
    expect(() => parseOptions(['--data', 'builtin', '--engine', 'warp'])).toThrow(UsageError);
    expect(() => parseOptions(['--data', 'builtin', '--threads', '17'])).toThrow('Threads must be a whole number from 0 to 16.');
    expect(() => parseOptions(['--data', 'builtin', '--activation', 'step'])).toThrow(UsageError);
    expect(() => parseOptions(['--data', 'builtin', '--precision', 'float16'])).toThrow(UsageError);
  });
});

describe('options are read', () => {
  it('as the recommended preset where nothing else is said', () => {
    expect(parseOptions(['--data', 'builtin'])).toEqual({
      source: { kind: 'builtin' },
      settings: PRESETS.recommended.settings,
      exportFile: undefined,
      json: false,
    });
  });

  it('as changes of a preset', () => {
    const args = '--data /d --preset seed --hidden 128,64 --activation tanh --output-fan out --lr 0.5 --batch-size 32 --epochs 3 --seed 7 --precision float32 --engine fast --threads 3 --export w.npz --json';
    expect(parseOptions(args.split(' '))).toEqual({
      source: { kind: 'folder', folder: '/d' },
      settings: { hidden: [128, 64], activation: 'tanh', outputFan: 'out', learningRate: 0.5, batchSize: 32, epochs: 3, seed: 7, precision: 'float32', gradientDivisions: 2, engine: 'fast', threads: 3 },
      exportFile: 'w.npz',
      json: true,
    });
  });

  it('and --help tells every option', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
    for (const option of ['data', 'preset', 'hidden', 'activation', 'output-fan', 'lr', 'batch-size', 'epochs', 'seed', 'precision', 'engine', 'threads', 'export', 'json']) {
      expect(HELP).toContain(`--${option} `);
    }
  });
});
