import { expect, it } from 'vitest';
import { findableSettings } from '../../../../src-renderer/settings/find-setting';
import { FIELDS } from '../../../../src-renderer/settings/run-settings';
import { settingsText } from '../../../../src-renderer/settings/settings-form';
import { fuzzyFilter } from '../../../../src-renderer/shell/fuzzy';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';

const settings = findableSettings(settingsText({ ...PLAIN_SETTINGS, hidden: [256] }));
const first = (query: string) => fuzzyFilter(settings, query, ({ words }) => words)[0]?.name;

it('every setting is found by its label', () => {
  expect(settings.map(({ name }) => name)).toEqual(FIELDS);
  for (const { name, label } of settings) expect(first(label)).toBe(name);
});

it('a setting is found by other words, and by what can be chosen', () => {
  expect(first('lr')).toBe('learningRate');
  expect(first('step size')).toBe('learningRate');
  expect(first('early stop')).toBe('patience');
  expect(first('beta2')).toBe('squareDecay');
  expect(first('neurons')).toBe('hidden');
  expect(first('adamw')).toBe('optimizer');
  expect(first('gelu')).toBe('activation');
  expect(first('xyz')).toBeUndefined();
});

it('shows the value of a setting that has an effect', () => {
  const value = (wanted: string) => settings.find(({ name }) => name === wanted)!.value;
  expect(value('hidden')).toBe('256');
  expect(value('activation')).toBe('ReLU');
  expect(value('learningRate')).toBe('0.1');
  expect(value('momentum')).toBe('–');
});
