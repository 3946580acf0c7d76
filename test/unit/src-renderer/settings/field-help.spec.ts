import { expect, it } from 'vitest';
import { presetParts } from '../../../../src-renderer/settings/field-help';
import { PRESET_NAMES } from '../../../../src-shared/settings/presets';

it('splits the label of a preset if it has two parts', () => {
  expect(presetParts('simard-2003')).toEqual({ name: 'Simard 2003', detail: '800 hidden units, elastic' });
  expect(presetParts('dropout')).toEqual({ name: 'Dropout', detail: 'Srivastava 2014' });
  expect(presetParts('recommended')).toEqual({ name: 'Recommended', detail: undefined });
  expect(presetParts(undefined)).toEqual({ name: 'Custom', detail: undefined });
});

it('has no part that is too long for the settings panel', () => {
  for (const { name, detail } of PRESET_NAMES.map(presetParts)) {
    expect(name.length).toBeLessThanOrEqual(24);
    expect(detail?.length ?? 0).toBeLessThanOrEqual(28);
  }
});
