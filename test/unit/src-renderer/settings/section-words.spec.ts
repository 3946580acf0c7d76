import { expect, it } from 'vitest';
import { recipe, sectionSummary } from '../../../../src-renderer/settings/section-words';
import { settingsText } from '../../../../src-renderer/settings/settings-form';
import { FOLDING_SECTIONS } from '../../../../src-renderer/settings/settings-sections';
import { PLAIN_SETTINGS, PRESET_GROUPS, PRESETS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';

const text = settingsText({ ...PLAIN_SETTINGS, hidden: [256] });

it('a row says that nothing is set', () => {
  for (const id of ['overfitting', 'augmentation', 'validation'] as const) expect(sectionSummary(id, text)).toBe('off');
});

it('a row has its values in words', () => {
  expect(sectionSummary('network', text)).toBe('ReLU, He');
  expect(sectionSummary('network', { ...text, activation: 'leaky-relu' })).toBe('Leaky ReLU, He');
  expect(sectionSummary('network', { ...text, activation: 'leaky-relu', leakySlope: ' 0.2' })).toBe(
    'Leaky ReLU 0.2, He',
  );
  expect(sectionSummary('schedule', { ...text, schedule: 'one-cycle', warmupEpochs: '2' })).toBe(
    'One cycle, warm-up 2',
  );
  expect(sectionSummary('overfitting', { ...text, dropout: '0.5', maxNorm: '3' })).toBe('max-norm 3');
  expect(sectionSummary('overfitting', { ...text, dropout: '0.5' })).toBe('only dropout');
  expect(sectionSummary('augmentation', { ...text, elasticStrength: '34', rotation: '10' })).toBe(
    'rotate 10°, elastic 34',
  );
  expect(sectionSummary('validation', { ...text, validationShare: '0.1', keep: 'best' })).toBe(
    'split 0.1, best weights',
  );
  expect(sectionSummary('computation', { ...text, seed: '7', precision: 'float64' })).toBe('seed 7, float64');
});

it('the rates of each optimizer have the names that it uses', () => {
  const of = (optimizer: Settings['optimizer']) => sectionSummary('optimizer', { ...text, optimizer });
  expect(of('sgd')).toBe('SGD');
  expect(of('momentum')).toBe('Momentum 0.9');
  expect(of('rmsprop')).toBe('RMSprop, decay 0.999');
  expect(of('adam')).toBe('Adam β₁ 0.9 β₂ 0.999');
});

it('the rows of the presets to start with are short enough for their lines', () => {
  for (const name of PRESET_GROUPS[0]![1])
    for (const { id, label } of FOLDING_SECTIONS) {
      const summary = sectionSummary(id, settingsText(PRESETS[name].settings as Settings));
      expect(`${label} ${summary}`.length).toBeLessThanOrEqual(36);
    }
});

it('a recipe names what was set, and nothing that is off', () => {
  expect(recipe(text)).toBe('256, ReLU · SGD 0.1, 20 epochs');
  expect(recipe({ ...text, hidden: [], seed: '3', clipNorm: '1', dropout: '0.5' })).toBe(
    'no hidden layer, ReLU · SGD 0.1, 20 epochs · dropout 0.5, clipping 1 · seed 3',
  );
});
