// The state that an engine resumes from, also for runs stored by version 0.1.
import { expect, it } from 'vitest';
import { engineStateOf } from '../../../../../src-main/trainer/run/resume-point';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { StoredRun } from '../../../../../src-shared/runs/runs';

const stored = (updates: number, changes: { update: number; changes: object }[], momentumProduct?: number) =>
  ({
    resume: { updates, momentumProduct },
    record: { summary: { settings: { ...PLAIN_SETTINGS, momentum: 0.9 }, changes } },
  }) as unknown as StoredRun;

it('keeps the product of the momenta that was stored', () => {
  expect(engineStateOf(stored(3, [], 0.25)).momentumProduct).toBe(0.25);
});

it('computes it from the changes for runs of version 0.1: 0.9 twice, 0.5 three times, then 0.8 once', () => {
  const changes = [
    { update: 2, changes: { momentum: 0.5 } },
    { update: 4, changes: { learningRate: 0.1 } },
    { update: 5, changes: { momentum: 0.8 } },
    { update: 9, changes: { momentum: 0 } },
  ];
  expect(engineStateOf(stored(6, changes)).momentumProduct).toBeCloseTo(0.9 ** 2 * 0.5 ** 3 * 0.8, 15);
});
