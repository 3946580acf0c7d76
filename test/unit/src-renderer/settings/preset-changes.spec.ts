import { expect, it } from 'vitest';
import {
  changesInWords,
  differingFields,
  fieldInWords,
  presetChanges,
} from '../../../../src-renderer/settings/preset-changes';
import { presetText, settingsText } from '../../../../src-renderer/settings/settings-form';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';

const text = settingsText({ ...PLAIN_SETTINGS, hidden: [256] });

it('a preset that was just chosen has no changes, whatever the seed and the threads', () => {
  expect(presetChanges('dropout', presetText('dropout', { ...text, seed: '7', threads: '2' }))).toEqual([]);
});

it('finds each changed field, also one that is refused', () => {
  const changed = { ...presetText('fast', text), learningRate: '', hidden: ['256', '64'], keep: 'best' as const };
  expect(presetChanges('fast', changed)).toEqual(['hidden', 'learningRate', 'keep']);
});

it('compares numbers, not their digits', () => {
  expect(differingFields(text, { ...text, learningRate: '0.10', epochs: ' 20 ' })).toEqual([]);
  expect(differingFields(text, { ...text, learningRate: '0.11' })).toEqual(['learningRate']);
});

it('leaves out fields without effect', () => {
  expect(differingFields(text, { ...text, leakySlope: '0.3' })).toEqual([]);
  expect(differingFields(text, { ...text, optimizer: 'adam' })).toEqual(['optimizer']);
});

it('says the old value and the number of changes in words', () => {
  expect(fieldInWords('hidden', { ...text, hidden: ['512', '64'] })).toBe('512 → 64');
  expect(fieldInWords('hidden', { ...text, hidden: [] })).toBe('none');
  expect(fieldInWords('activation', text)).toBe('ReLU');
  expect(fieldInWords('learningRate', text)).toBe('0.1');
  expect([1, 3].map(changesInWords)).toEqual(['1 change', '3 changes']);
});
