import { describe, expect, it } from 'vitest';
import { CURRENT_RULES } from '../../../../src-shared/data/dataset';
import { evaluateHelp, parseEvaluateOptions } from '../../../../src-main/cli/evaluate-options';
import { UsageError } from '../../../../src-main/cli/usage';
import { BY_NPM } from '../../../../src-main/cli/process/invocation';

describe('options of evaluating are refused', () => {
  it.each([
    [['--data', 'builtin'], '--model is missing: expected the file of a network.'],
    [['--model', 'n.npz'], '--data is missing'],
    [
      ['--model', 'n.npz', '--data', 'builtin', '--activation', 'swish'],
      '--activation is swish: expected one of relu, leaky-relu, sigmoid, tanh, gelu.',
    ],
    [
      ['--model', 'n.npz', '--data', 'builtin', '--leaky-slope', '2'],
      '--leaky-slope is 2: expected a number from 0.0001 to 0.99.',
    ],
    ...['half', '0.5', '0.5,0', '0.5,-1', '0.5,0.5,0.5', ',1', 'NaN,1', '0,Infinity'].map(
      (pixels): [string[], string] => [
        ['--model', 'n.npz', '--data', 'builtin', '--pixels', pixels],
        `--pixels is ${pixels}: expected unit, raw, minus-one-to-one, standardised, or a mean and a deviation ` +
          'above 0, such as 0.1307,0.3081.',
      ],
    ),
    [['--model', 'n.npz', '--data', '/d', '--hold-out', '2'], '--hold-out is 2: expected a share from 0.01 to 0.5.'],
    [['--model', 'n.npz', '--data', '/d', '--transposed', 'maybe'], '--transposed is maybe: expected yes or no.'],
    [['--model', 'n.npz', '--data', 'builtin', '--lr', '1'], "Unknown option '--lr'"],
  ])('%j', (args, sentence) => {
    expect(() => parseEvaluateOptions(args)).toThrow(UsageError);
    expect(() => parseEvaluateOptions(args)).toThrow(sentence);
  });
});

describe('options of evaluating are read', () => {
  it('as they are given', () => {
    expect(
      parseEvaluateOptions(
        '--model /m/n.onnx --data /d --collection emnist-letters --hold-out 0.2 --activation tanh --json'.split(' '),
      ),
    ).toEqual({
      model: '/m/n.onnx',
      source: { kind: 'folder', folder: '/d', collection: 'emnist-letters', holdOut: 0.2, rules: CURRENT_RULES },
      activation: 'tanh',
      leakySlope: undefined,
      pixels: undefined,
      json: true,
    });
    expect(parseEvaluateOptions(['--model', 'n.npz', '--data', 'builtin'])).toEqual({
      model: 'n.npz',
      source: { kind: 'builtin' },
      activation: undefined,
      leakySlope: undefined,
      pixels: undefined,
      json: false,
    });
  });

  it.each([
    ['unit', { mean: 0, deviation: 1 }],
    ['raw', { mean: 0, deviation: 1 / 255 }],
    ['minus-one-to-one', { mean: 0.5, deviation: 0.5 }],
    ['standardised', 'standardised'],
    ['0.1307,0.3081', { mean: 0.1307, deviation: 0.3081 }],
    ['-0.5, 2', { mean: -0.5, deviation: 2 }],
  ])('with the scaling of the pixels: %s', (text, pixels) => {
    expect(parseEvaluateOptions(['--model', 'n.npz', '--data', 'builtin', `--pixels=${text}`])).toMatchObject({
      pixels,
    });
  });

  it('with a page of help that names them all, in lines of at most 120 characters', () => {
    const help = evaluateHelp(BY_NPM);
    expect(parseEvaluateOptions(['--help'])).toBeUndefined();
    for (const option of [
      'model',
      'data',
      'collection',
      'hold-out',
      'transposed',
      'activation',
      'leaky-slope',
      'pixels',
      'json',
      'help',
    ])
      expect(help).toContain(`  --${option} `);
    for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  });
});
