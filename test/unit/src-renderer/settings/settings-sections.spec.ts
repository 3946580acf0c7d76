import { describe, expect, it } from 'vitest';
import { settingsText, type FieldName, type SettingsText } from '../../../../src-renderer/settings/settings-form';
import {
  AUGMENTATION_FIELDS,
  distorts,
  FOLDING_SECTIONS,
  inColumns,
  isRelevant,
  openSections,
  rowsOf,
  SECTIONS,
  SLIDERS,
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
    const schedule = SECTIONS.find(({ id }) => id === 'schedule')!;
    expect(rowsOf(schedule, text, { stepFactor: 'no' }).flat()).toContain('stepFactor');
  });
});

it('keeps a field in its column, whether or not its neighbour is shown', () => {
  const optimizer = SECTIONS.find(({ id }) => id === 'optimizer')!;
  expect(inColumns(optimizer, ['optimizer'])).toBe(true);
  expect(inColumns(optimizer, ['optimizer', 'momentum'])).toBe(true);
  expect(inColumns(SECTIONS[0]!, ['learningRate'])).toBe(false);
});

it('opens the sections that were open at the last start, without those that no longer exist', () => {
  expect(openSections(undefined)).toEqual([]);
  expect(openSections(['learning', 'validation', 'network'])).toEqual(['network', 'validation']);
  expect(FOLDING_SECTIONS.map(({ id }) => id)).not.toContain('essentials');
});

describe('augmentation', () => {
  const none = { shift: 0, rotation: 0, scaling: 0, shear: 0, elasticStrength: 0, elasticSmoothness: 4 };

  it('changes images as soon as one of its strengths is above zero', () => {
    expect(distorts(none)).toBe(false);
    for (const name of AUGMENTATION_FIELDS.filter((field) => field !== 'elasticSmoothness'))
      expect(distorts({ ...none, [name]: 1 })).toBe(true);
  });

  it('has sliders within the valid ranges', () => {
    for (const name of [...AUGMENTATION_FIELDS, 'dropout'] as const) {
      expect(SLIDERS[name].min).toBeGreaterThanOrEqual(NUMBER_FIELDS[name].min);
      expect(SLIDERS[name].max).toBeLessThanOrEqual(NUMBER_FIELDS[name].max);
    }
  });
});
