// What the one large button of the top bar does in each phase of a run. Pure.
import { isActive, isOpened, type Run } from '../client/training';

export type PrimaryAction = 'train' | 'train-on' | 'pause' | 'resume';

/** Every label that the button can have: it is as wide as the longest. */
export const WIDEST_LABEL = 'Train with changes';

/**
 * @param changed whether the form differs from the settings of the run that is shown
 * @returns the action, and its label, of at most the length of WIDEST_LABEL
 */
export function primaryAction(run: Run | undefined, changed: boolean): { action: PrimaryAction; label: string } {
  if (isActive(run))
    return run.phase === 'paused' ? { action: 'resume', label: 'Resume' } : { action: 'pause', label: 'Pause' };
  if (isOpened(run)) return { action: 'train-on', label: 'Train on' };
  if (!run) return { action: 'train', label: 'Train' };
  return { action: 'train', label: changed ? WIDEST_LABEL : 'Train again' };
}
