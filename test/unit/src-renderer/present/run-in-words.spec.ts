import { expect, it } from 'vitest';
import { differencesInWords, statusInWords } from '../../../../src-renderer/present/run-in-words';
import { play, settings, started, wholeRun } from '../../../fixtures/trainer-events';

const run = { ...play(wholeRun).run!, stored: { id: 'a', number: 1, name: 'Fast' } };

it('says the number of the run, how far it is, and its state', () => {
  expect(statusInWords(undefined)).toBe('Nothing has been trained yet');
  expect(statusInWords(run)).toBe(`#1 · epoch 1.5 of ${settings.epochs} · training`);
  expect(statusInWords({ ...run, phase: 'paused' })).toContain('paused');
  expect(statusInWords({ ...run, phase: 'lost' })).toContain('cut off');
});

it('says in which settings a run differs from another one, with its own values', () => {
  const other = play([started(2)]).run!;
  expect(differencesInWords(run, other)).toBe('the same settings');
  const faster = { ...other, settings: { ...settings, learningRate: 0.5 } };
  expect(differencesInWords(faster, run)).toBe('Learning rate 0.5');
  expect(differencesInWords(run, faster)).toBe(`Learning rate ${settings.learningRate}`);
});

it('counts a change during training, and shortens a long list', () => {
  const other = play([started(2)]).run!;
  const changed = { ...other, changes: [{ update: 10, epochs: 1, changes: { learningRate: 0.5 } }] };
  expect(differencesInWords(changed, run)).toBe('Learning rate 0.5');
  const all = { ...other, settings: { ...settings, learningRate: 0.5, epochs: 99, batchSize: 7, seed: 99 } };
  expect(differencesInWords(all, run)).toMatch(/^[^,]+, [^,]+ and 2 more$/);
});
