import { describe, expect, it } from 'vitest';
import { settingsText, type FieldName, type SettingsText } from '../../../../src-renderer/settings/settings-form';
import {
  AUGMENTATION_FIELDS,
  AUGMENTATION_SLIDERS,
  distorts,
  inColumns,
  isRelevant,
  rowsOf,
  SECTIONS,
  sectionSummary,
} from '../../../../src-renderer/settings/settings-sections';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import { NUMBER_FIELDS } from '../../../../src-shared/settings/number-fields';

const text = settingsText({ ...PLAIN_SETTINGS, hidden: [256] });
const shown = (fields: Partial<SettingsText>): FieldName[] =>
  SECTIONS.flatMap((section) => rowsOf(section, { ...text, ...fields }, {}).flat());

describe('sections', () => {
  it('contain every setting once', () => {
    const fields = SECTIONS.flatMap(({ rows }) => rows.flat());
    expect(new Set(fields).size).toBe(fields.length);
    expect([...fields].sort()).toEqual(Object.keys(text).sort());
  });

  it('show fields that have an effect', () => {
    expect(shown({ activation: 'relu' })).not.toContain('leakySlope');
    expect(shown({ activation: 'leaky-relu' })).toContain('leakySlope');
    expect(shown({ initialisation: 'xavier' })).not.toContain('outputFan');
    expect(shown({ initialisation: 'he' })).toContain('outputFan');
    for (const optimizer of ['sgd', 'rmsprop'] as const) expect(shown({ optimizer })).not.toContain('momentum');
    for (const optimizer of ['momentum', 'nesterov', 'adam', 'adamw'] as const)
      expect(shown({ optimizer })).toContain('momentum');
    for (const optimizer of ['rmsprop', 'adam', 'adamw'] as const)
      expect(shown({ optimizer })).toContain('squareDecay');
    expect(shown({ optimizer: 'nesterov' })).not.toContain('squareDecay');
    expect(shown({ schedule: 'cosine' })).not.toContain('stepFactor');
    expect(shown({ schedule: 'step' })).toEqual(expect.arrayContaining(['stepEpochs', 'stepFactor']));
    for (const elasticStrength of ['0', '', ' 0.0'])
      expect(isRelevant('elasticSmoothness', { ...text, elasticStrength })).toBe(false);
    expect(shown({ elasticStrength: '34' })).toContain('elasticSmoothness');
  });

  it('show every field with an error, so that it can be corrected', () => {
    const learning = SECTIONS.find(({ id }) => id === 'learning')!;
    expect(rowsOf(learning, text, { stepFactor: 'no' }).flat()).toContain('stepFactor');
  });
});

it('keeps a field in its column, whether or not its neighbour is shown', () => {
  const learning = SECTIONS.find(({ id }) => id === 'learning')!;
  expect(inColumns(learning, ['optimizer'])).toBe(true);
  expect(inColumns(learning, ['optimizer', 'momentum'])).toBe(true);
  expect(inColumns(learning, ['learningRate'])).toBe(false);
});

describe('a section that is folded', () => {
  it('has an empty summary if nothing is set', () => {
    for (const id of ['overfitting', 'augmentation', 'validation', 'computation'] as const)
      expect(sectionSummary(id, text)).toBe('');
  });

  it('has a summary of what is set', () => {
    const set = {
      ...text,
      hidden: ['128', '64'],
      dropout: '0.5',
      elasticStrength: '34',
      rotation: '10',
      validationShare: '0.1',
      keep: 'best',
      seed: '7',
      precision: 'float64',
    } as const;
    const with_ = { ...set, hidden: [...set.hidden] };
    expect(sectionSummary('network', with_)).toBe('128 → 64, ReLU');
    expect(sectionSummary('network', { ...text, hidden: [] })).toBe('no hidden layer, ReLU');
    expect(sectionSummary('network', { ...text, activation: 'leaky-relu' })).toBe('256, Leaky ReLU');
    expect(sectionSummary('network', { ...text, activation: 'leaky-relu', leakySlope: ' 0.2' })).toBe(
      '256, Leaky ReLU 0.2',
    );
    expect(sectionSummary('network', { ...text, leakySlope: '0.2' })).toBe('256, ReLU');
    expect(sectionSummary('learning', { ...text, schedule: 'one-cycle' })).toBe('SGD 0.1, one cycle, 20 epochs');
    expect(sectionSummary('overfitting', with_)).toBe('dropout 0.5');
    expect(sectionSummary('augmentation', with_)).toBe('rotate 10°, elastic 34');
    expect(sectionSummary('validation', with_)).toBe('split 0.1, best weights');
    expect(sectionSummary('computation', with_)).toBe('seed 7, float64');
  });
});

describe('augmentation', () => {
  const none = { shift: 0, rotation: 0, scaling: 0, shear: 0, elasticStrength: 0, elasticSmoothness: 4 };

  it('changes images as soon as one of its strengths is above zero', () => {
    expect(distorts(none)).toBe(false);
    for (const name of AUGMENTATION_FIELDS.filter((field) => field !== 'elasticSmoothness'))
      expect(distorts({ ...none, [name]: 1 })).toBe(true);
  });

  it('has sliders within the valid ranges', () => {
    for (const name of AUGMENTATION_FIELDS) {
      expect(AUGMENTATION_SLIDERS[name].min).toBeGreaterThanOrEqual(NUMBER_FIELDS[name].min);
      expect(AUGMENTATION_SLIDERS[name].max).toBeLessThanOrEqual(NUMBER_FIELDS[name].max);
    }
  });
});
