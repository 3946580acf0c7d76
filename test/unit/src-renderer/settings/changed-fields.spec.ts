import { expect, it } from 'vitest';
import type { Run } from '../../../../src-renderer/client/training';
import { changedFields } from '../../../../src-renderer/settings/changed-fields';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';

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
