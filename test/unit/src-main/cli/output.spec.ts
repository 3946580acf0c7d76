import { describe, expect, it } from 'vitest';
import { fixed, jsonOutput, textOutput, type Summary } from '../../../../src-main/cli/output';
import type { EpochResult } from '../../../../src-shared/runs/score';

const result: EpochResult = {
  epoch: 3,
  trainLoss: 0.5,
  trainAccuracy: 0.75,
  testLoss: 0.25,
  testAccuracy: 0.875,
  validation: { loss: 0.125, accuracy: 0.9375 },
  learningRate: 0.05,
  seconds: 1,
  imagesPerSecond: 100,
};
const summary: Summary = { reason: 'early', seconds: 2, exported: [], epochs: 5, restored: 3, kept: result };

describe('the JSON output', () => {
  const lines: Record<string, unknown>[] = [];
  const output = jsonOutput((text) => lines.push(JSON.parse(text) as Record<string, unknown>));
  const lineOf = (act: () => void) => {
    lines.length = 0;
    act();
    return lines[0];
  };

  it('reports validation and learning rate of every epoch, and no validation if there is none', () => {
    expect(lineOf(() => output.epoch(result))).toEqual({ kind: 'epoch', ...result });
    expect(lineOf(() => output.epoch({ ...result, validation: undefined }))).not.toHaveProperty('validation');
  });

  it('ends with the reason, the epochs trained, and the epoch that is kept with its scores', () => {
    expect(lineOf(() => output.finished(summary))).toMatchObject({
      kind: 'finished',
      reason: 'early',
      epochs: 5,
      keptEpoch: 3,
      testAccuracy: 0.875,
      validation: { loss: 0.125, accuracy: 0.9375 },
    });
    expect(lineOf(() => output.finished({ ...summary, restored: undefined }))).not.toHaveProperty('keptEpoch');
  });
});

describe('the text output', () => {
  const textOf = (act: (output: ReturnType<typeof textOutput>) => void) => {
    let text = '';
    act(textOutput((written) => (text += written), 5, false));
    return text;
  };

  it('reports the validation accuracy of an epoch if there is one', () => {
    expect(textOf((output) => output.epoch(result))).toBe(
      '[3/5] loss: 0.5000  validation accuracy: 93.75%  test loss: 0.2500  test accuracy: 87.50%  1.0 s\n',
    );
    expect(textOf((output) => output.epoch({ ...result, validation: undefined }))).not.toContain('validation');
  });

  it('writes no minus sign before a loss of zero', () => {
    const sure = { ...result, trainLoss: -1e-8, testLoss: -9.9e-9 };
    expect(textOf((output) => output.epoch(sure))).toMatch(/^\[3\/5\] loss: 0\.0000 .* test loss: 0\.0000 /);
    expect([fixed(-0.00004, 4), fixed(-0.00006, 4), fixed(-0, 0), fixed(NaN, 2)]).toEqual([
      '0.0000',
      '-0.0001',
      '0',
      'NaN',
    ]);
  });

  it('ends with why, and which weights are kept', () => {
    expect(textOf((output) => output.finished(summary))).toBe(
      'Stopped early, with no better validation accuracy, in 2.0 s: validation accuracy 93.75% and test ' +
        'accuracy 87.50% after epoch 3\n' +
        'Kept the weights of epoch 3 of 5, the best by the validation images\n',
    );
  });
});
