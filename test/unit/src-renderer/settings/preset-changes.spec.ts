import { expect, it } from 'vitest';
import type { Run } from '../../../../src-renderer/client/training';
import {
  changedFields,
  changesInWords,
  differingFields,
  fieldInWords,
  presetChanges,
} from '../../../../src-renderer/settings/preset-changes';
import { presetText, settingsText } from '../../../../src-renderer/settings/settings-form';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';

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

const settings: Settings = { ...PLAIN_SETTINGS, hidden: [256], epochs: 5 };
const run = { number: 3, settings, changes: [], epochs: 5 } as unknown as Run;

it('finds no change in the settings of the run itself', () => {
  expect(changedFields({ ...settings, hidden: [256] }, run)).toEqual([]);
});

it('names what was changed, also the seed, in the order of the form', () => {
  const changed: Settings = { ...settings, seed: 2, learningRate: 0.05, hidden: [256, 64] };
  expect(changedFields(changed, run)).toEqual(['hidden', 'learningRate', 'seed']);
});

it('compares with what the run was changed to while it trained, and with the epochs it was extended to', () => {
  const live = { ...run, epochs: 8, changes: [{ epochs: 1, update: 9, changes: { learningRate: 0.05 } }] };
  expect(changedFields(settings, live)).toEqual(['learningRate', 'epochs']);
  expect(changedFields({ ...settings, learningRate: 0.05, epochs: 8 }, live)).toEqual([]);
});

it('leaves out what has no effect in either', () => {
  expect(changedFields({ ...settings, stepFactor: 0.9 }, run)).toEqual([]);
  expect(changedFields({ ...settings, schedule: 'step', stepFactor: 0.9 }, run)).toContain('stepFactor');
});
