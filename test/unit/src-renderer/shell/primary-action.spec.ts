import { expect, it } from 'vitest';
import type { Phase, Run } from '../../../../src-renderer/client/training';
import { primaryAction, WIDEST_LABEL } from '../../../../src-renderer/shell/primary-action';

const inPhase = (phase: Phase, epoch = 3) => ({ phase, results: [{ epoch }] }) as unknown as Run;

it('trains, pauses or resumes, by what the run does', () => {
  expect(primaryAction(undefined, false)).toEqual({ action: 'train', label: 'Train' });
  expect(primaryAction(inPhase('running'), true)).toEqual({ action: 'pause', label: 'Pause' });
  expect(primaryAction(inPhase('paused'), true)).toEqual({ action: 'resume', label: 'Resume' });
});

it('says after a run whether the next one would be the same', () => {
  for (const phase of ['completed', 'stopped', 'early', 'failed', 'lost'] as const) {
    expect(primaryAction(inPhase(phase), false)).toEqual({ action: 'train', label: 'Train again' });
    expect(primaryAction(inPhase(phase), true)).toEqual({ action: 'train', label: 'Train with changes' });
  }
});

it('trains a network from a file on, which has not been trained here', () => {
  expect(primaryAction(inPhase('stopped', 0), true)).toEqual({ action: 'train-on', label: 'Train on' });
});

it('has no label that is longer than the one it makes room for', () => {
  const phases: Phase[] = ['running', 'paused', 'completed', 'stopped', 'early', 'failed', 'lost'];
  const all = [0, 3].flatMap((epoch) => phases.map((phase) => primaryAction(inPhase(phase, epoch), true).label));
  expect(Math.max(...all.map((label) => label.length))).toBe(WIDEST_LABEL.length);
});
