import { beforeEach, expect, it, vi } from 'vitest';
import type { Run } from '../../../../src-renderer/client/training';
import { PLAIN_SETTINGS, PRESETS } from '../../../../src-shared/settings/presets';

// Without Svelte's compiler, $state is undefined. The form needs no reactivity here.
vi.stubGlobal(
  '$state',
  Object.assign(<T>(value: T) => value, { raw: <T>(value: T) => value }),
);
const { SettingsForm } = await import('../../../../src-renderer/settings/settings-form.svelte');

const changes = { learningRate: 0.05, batchSize: 128 };
const running = {
  number: 1,
  phase: 'running',
  settings: { ...PLAIN_SETTINGS, hidden: [256] },
  changes: [{ epochs: 2, update: 10, changes }],
  epochs: 20,
} as unknown as Run;
const over = { ...running, phase: 'completed' } as Run;

let kept: Map<string, string>;
let storage: Storage;
beforeEach(() => {
  kept = new Map([['settings', JSON.stringify({ ...PLAIN_SETTINGS, dropout: 0.2 })]]);
  storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
});

it('shows the settings of the run during training, and those of the form after it', () => {
  const form = new SettingsForm(storage);
  expect(form.shown(running)).toMatchObject({ learningRate: '0.05', batchSize: '128', dropout: '0' });
  expect(form.shown(over)).toMatchObject({ learningRate: '0.1', batchSize: '64', dropout: '0.2' });
});

it('keeps what was changed during training, and nothing else of that run', () => {
  const form = new SettingsForm(storage);
  form.keep(changes);
  expect(form.shown(over)).toMatchObject({ learningRate: '0.05', batchSize: '128', dropout: '0.2', epochs: '20' });
  expect(new SettingsForm(storage).shown(undefined)).toMatchObject({ learningRate: '0.05', batchSize: '128' });
});

it('writes changes without an exponent', () => {
  const form = new SettingsForm(storage);
  form.keep({ learningRate: 0.000001 });
  expect(form.shown(undefined).learningRate).toBe('0.000001');
});

it('remembers the preset chosen last, which may differ from the settings by now', () => {
  expect(new SettingsForm(storage).preset).toBe('recommended');
  const form = new SettingsForm(storage);
  form.choose('fast');
  form.change({ epochs: '3' });
  expect(form.preset).toBe('fast');
  expect(new SettingsForm(storage).preset).toBe('fast');
  expect(new SettingsForm(storage).shown(undefined).epochs).toBe('3');
});

it('finds the preset of settings that are applied, and keeps the one before if they are of none', () => {
  const form = new SettingsForm(storage);
  const { settings } = PRESETS.dropout;
  form.apply({ ...settings, hidden: [...settings.hidden], seed: 7 });
  expect(form.preset).toBe('dropout');
  form.apply({ ...settings, hidden: [30] });
  expect(form.preset).toBe('dropout');
});

it('begins with the preset of the settings that a version without this memory stored', () => {
  kept.set('settings', JSON.stringify(PRESETS.fast.settings));
  expect(new SettingsForm(storage).preset).toBe('fast');
});

it('proposes a preset without losing what a person has set, and takes it if nothing has been set', () => {
  const form = new SettingsForm(storage);
  expect(form.propose('fast')).toEqual({ ...PRESETS.fast.settings, hidden: [...PRESETS.fast.settings.hidden] });
  expect(form.shown(undefined)).toMatchObject({ dropout: '0.2', epochs: '20' });
  kept.clear();
  const fresh = new SettingsForm(storage);
  expect(fresh.propose('fast')?.epochs).toBe(6);
  expect(fresh.preset).toBe('fast');
  expect(fresh.shown(undefined).epochs).toBe('6');
});
