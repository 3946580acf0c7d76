import { describe, expect, it } from 'vitest';
import {
  FIELDS,
  recipeInWords,
  recipeKey,
  settingInWords,
  settingRows,
} from '../../../../src-renderer/settings/run-settings';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import { runSummary } from '../../../fixtures/runs';

describe('the rows of a comparison', () => {
  it('include every field', () => {
    expect([...FIELDS].sort()).toEqual(Object.keys(PLAIN_SETTINGS).sort());
  });

  it('do not include fields without effect', () => {
    const [a, b] = [PLAIN_SETTINGS, { ...PLAIN_SETTINGS, momentum: 0.5, stepEpochs: 3 }];
    const rows = settingRows([a, b].map((settings) => runSummary(1, { settings })));
    expect(rows.filter(({ differs }) => differs)).toEqual([]);
    expect(rows.map(({ name }) => name)).not.toContain('momentum');
  });

  it('start with those that differ, and show a dash if a field has no effect in a run', () => {
    const rows = settingRows(
      [PLAIN_SETTINGS, { ...PLAIN_SETTINGS, hidden: [512, 64], optimizer: 'adam' as const }].map((settings) =>
        runSummary(1, { settings }),
      ),
    );
    expect(rows.slice(0, 4).map(({ label, values }) => [label, ...values])).toEqual([
      ['Hidden units', '256', '512 → 64'],
      ['Optimizer', 'SGD', 'Adam'],
      ['Momentum', '–', '0.9'],
      ['Decay of squares', '–', '0.999'],
    ]);
  });

  it('include the dataset, changes during training, and the run that it was continued from', () => {
    const other = runSummary(2, {
      dataset: { ...runSummary(2).dataset, name: 'KMNIST' },
      changes: [{ epochs: 2.5, update: 100, changes: { learningRate: 0.01 } }],
      parent: { id: runSummary(1).id, epoch: 3 },
    });
    const rows = settingRows([runSummary(1), other]);
    expect(rows.filter(({ differs }) => differs).map(({ name, values }) => [name, values[0]])).toEqual([
      ['dataset', 'MNIST'],
      ['changes', '–'],
      ['parent', '–'],
    ]);
    expect(rows[1]!.values[1]).toContain('0.01');
    expect(rows[2]!.values[1]).toBe(`epoch 3 of ${runSummary(1).id}`);
    expect(settingRows([runSummary(1)]).map(({ name }) => name)).not.toContain('changes');
  });

  it('have a short summary of what is set', () => {
    expect(recipeInWords({ ...PLAIN_SETTINGS, dropout: 0.25, seed: 3 })).toBe(
      '256, ReLU · SGD 0.1, 20 epochs · dropout 0.25 · seed 3',
    );
  });

  it('are in words, without exponents', () => {
    expect(settingInWords('hidden', { ...PLAIN_SETTINGS, hidden: [] })).toBe('none');
    expect(settingInWords('learningRate', { ...PLAIN_SETTINGS, learningRate: 1e-6 })).toBe('0.000001');
    expect(settingInWords('gradientDivisions', PLAIN_SETTINGS)).toBe('Once');
  });
});

describe('runs of one recipe', () => {
  const key = (changes: Parameters<typeof runSummary>[1]): string => recipeKey(runSummary(1, changes));

  it('have the same settings, data, epochs, changes and parents', () => {
    const others = [
      { settings: { ...PLAIN_SETTINGS, learningRate: 0.2 } },
      { dataset: { ...runSummary(1).dataset, hash: 'b2' } },
      { epochs: 25 },
      { changes: [{ epochs: 2.5, update: 100, changes: { learningRate: 0.01 } }] },
      { parent: { id: runSummary(2).id, epoch: 3 } },
    ];
    expect(new Set([...others, {}].map(key)).size).toBe(6);
  });

  it('may differ in their seed, their threads and settings without effect', () => {
    expect(key({ settings: { ...PLAIN_SETTINGS, seed: 7, threads: 2, momentum: 0.1 } })).toBe(key({}));
  });
});
