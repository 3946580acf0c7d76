import { describe, expect, it } from 'vitest';
import { evaluateHelp, parseEvaluateOptions } from '../../../src-main/cli-evaluate-options';
import { UsageError } from '../../../src-main/cli-usage';
import { BY_NPM } from '../../../src-main/command-line/invocation';

describe('options of evaluating are refused', () => {
  it.each([
    [['--data', 'builtin'], '--model is missing: expected the file of a network.'],
    [['--model', 'n.npz'], '--data is missing'],
    [['--model', 'n.npz', '--data', 'builtin', '--activation', 'swish'], '--activation is swish: expected one of relu, leaky-relu, sigmoid, tanh, gelu.'],
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
    expect(parseEvaluateOptions('--model /m/n.onnx --data /d --collection emnist-letters --hold-out 0.2 --activation tanh --json'.split(' '))).toEqual({
      model: '/m/n.onnx',
      source: { kind: 'folder', folder: '/d', collection: 'emnist-letters', holdOut: 0.2, rules: 2 },
      activation: 'tanh',
      json: true,
    });
    expect(parseEvaluateOptions(['--model', 'n.npz', '--data', 'builtin'])).toEqual({ model: 'n.npz', source: { kind: 'builtin' }, activation: undefined, json: false });
  });

  it('with a page of help that names them all, in lines of at most 120 characters', () => {
    const help = evaluateHelp(BY_NPM);
    expect(parseEvaluateOptions(['--help'])).toBeUndefined();
    for (const option of ['model', 'data', 'collection', 'hold-out', 'transposed', 'activation', 'json', 'help']) expect(help).toContain(`  --${option} `);
    for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  });
});
