import { expect, it } from 'vitest';
import { ADVICE, SYNONYMS } from '../../../../src-renderer/settings/field-advice';
import { fieldAbout, fieldLabel, presetName } from '../../../../src-renderer/settings/field-help';
import { FIELDS } from '../../../../src-renderer/settings/run-settings';
import { PRESET_GROUPS, PRESET_NAMES, PRESETS } from '../../../../src-shared/settings/presets';

it('shortens the label of a preset to its name', () => {
  expect(presetName('simard-2003')).toBe('Simard 2003');
  expect(presetName('dropout')).toBe('Dropout');
  expect(presetName('recommended')).toBe('Recommended');
});

it('has no preset that is too long for the settings panel', () => {
  for (const name of PRESET_NAMES) {
    expect(presetName(name).length).toBeLessThanOrEqual(24);
    expect(PRESETS[name].short.length).toBeLessThanOrEqual(37);
  }
});

it('has every preset in one group', () => {
  expect(PRESET_GROUPS.flatMap(([, names]) => names).sort()).toEqual([...PRESET_NAMES].sort());
});

it('calls the rates of Adam by the names of its paper', () => {
  expect(['momentum', 'squareDecay'].map((name) => fieldLabel(name as 'momentum', { optimizer: 'adamw' }))).toEqual([
    'β₁',
    'β₂',
  ]);
  expect(fieldLabel('momentum', { optimizer: 'nesterov' })).toBe('Momentum');
  expect(fieldLabel('squareDecay', { optimizer: 'rmsprop' })).toBe('Decay of squares');
  expect(fieldLabel('hidden', { optimizer: 'adam' })).toBe('Layers');
});

it('says what raising and lowering does, as the rest of a sentence', () => {
  for (const { raise, lower } of Object.values(ADVICE))
    for (const words of [raise, lower]) expect(words).toMatch(/^[a-z].*\.$/);
  expect(fieldAbout('learningRate')).toMatchObject({ range: '0.000001 to 10 per update', term: 'Learning rate' });
  expect(fieldAbout('optimizer').advice).toBeUndefined();
});

it('has other words for settings that exist', () => {
  expect(FIELDS).toEqual(expect.arrayContaining(Object.keys(SYNONYMS)));
});
