// Sentences about what could not be written, and whether it may be later.
import { StudioError } from '../../src-shared/errors';
import { fileErrorReason, isLocked } from '../files/file-errors';

export const NOT_WRITTEN = 'The run could not be written';

/** Another program holds a file of the run. What was to be written waits in memory; catchUp tries again. */
export class RunDelayed extends StudioError {}

/** @param folder of all runs. @param failed begins the sentence about an error of the system */
export function notWritten(folder: string, failed: string, error: unknown): StudioError {
  if (error instanceof StudioError) return error;
  const advice = isLocked(error) ? ' Please close programs that have files in this folder open.' : '';
  return new StudioError(
    'run-not-saved',
    `${failed} (in “${folder}”): ${fileErrorReason(error)}. What was written before is still there.${advice}`,
  );
}

/** RunDelayed if the same may be written later. */
export function delayedOr(folder: string, error: unknown): unknown {
  return isLocked(error) ? new RunDelayed('run-not-saved', notWritten(folder, NOT_WRITTEN, error).message) : error;
}
