import { expect, it } from 'vitest';
import { bytesOf, optimizerBytes, withOptimizerStates } from '../../../../src-renderer/runs/disk-use';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import { runSummary } from '../../../fixtures/runs';

const adam = { ...PLAIN_SETTINGS, optimizer: 'adam', hidden: [] } as const;

it('the size of an optimizer state follows from the numbers that it keeps for each parameter', () => {
  const { dataset } = runSummary(1);
  expect(optimizerBytes({ dataset, settings: { ...adam, hidden: [], optimizer: 'sgd' } })).toBe(0);
  expect(optimizerBytes({ dataset, settings: { ...adam, hidden: [] } })).toBe(785 * 2 * 2 * 4);
  expect(optimizerBytes({ dataset, settings: { ...adam, hidden: [], precision: 'float64' } })).toBe(785 * 2 * 2 * 8);
});

it('cleaning up leaves out runs that are starred, unfinished, cleaned up already or without a state', () => {
  const settings = { ...adam, hidden: [] };
  const kept = [{ star: true }, { status: 'cut-off' as const }, { resumable: false }, { settings: PLAIN_SETTINGS }].map(
    (changes, k) => runSummary(k, { settings, ...changes }),
  );
  const cleaned = runSummary(9, { settings });
  expect(withOptimizerStates([...kept, cleaned])).toEqual([cleaned]);
  expect(bytesOf([cleaned, cleaned])).toBe(2_000_000);
});
