// The commands of the step menu in each phase of a run, or why one is not available. Pure.
import type { Step } from '../../src-shared/runs/progress';
import type { Settings } from '../../src-shared/settings/settings';
import { isActive, isExtendable, type Run } from './training';

export type StepCommand =
  | { kind: 'train'; settings: Settings; until: Step }
  | { kind: 'resume'; until: Step }
  | { kind: 'extend'; epochs: number; until: Step };

export const MOST_EPOCHS_ADDED = 1000;

/** One batch or one epoch, then a pause. @returns the command, or a sentence that says why it cannot run now */
export function stepCommand(
  run: Run | undefined,
  lost: boolean,
  settings: Settings | undefined,
  until: 'batch' | 'epoch',
): StepCommand | string {
  if (lost) return 'The trainer is gone: start it again first';
  if (run?.phase === 'running') return 'Pause first';
  if (run?.phase === 'paused') return { kind: 'resume', until };
  if (isExtendable(run)) return { kind: 'extend', epochs: 1, until };
  return trainCommand(run, lost, settings, until);
}

/** A new run, from new weights. @returns the command, or a sentence that says why it cannot run now */
export function trainCommand(
  run: Run | undefined,
  lost: boolean,
  settings: Settings | undefined,
  until: Step = 'end',
): StepCommand | string {
  if (lost) return 'The trainer is gone: start it again first';
  if (isActive(run)) return 'Stop training first';
  return settings ? { kind: 'train', settings, until } : 'A setting is out of range';
}

/** Adds epochs to a run. @returns the command, or a sentence that says why it cannot run now */
export function extendCommand(run: Run | undefined, lost: boolean, epochs: number): StepCommand | string {
  if (lost) return 'The trainer is gone: start it again first';
  if (!run) return 'Train first: more epochs extend a run';
  if (run.phase === 'failed' || run.phase === 'lost') return 'This run was cut off and cannot be extended: train again';
  if (!Number.isInteger(epochs) || epochs < 1 || epochs > MOST_EPOCHS_ADDED)
    return `More epochs must be a whole number from 1 to ${MOST_EPOCHS_ADDED}`;
  return { kind: 'extend', epochs, until: 'end' };
}
