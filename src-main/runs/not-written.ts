// The errors for runs that could not be written, now or at all.
import { StudioError } from '../../src-shared/errors';
import { fileErrorReason, isLocked } from '../files/file-errors';

export const NOT_WRITTEN = 'The run could not be written';

/** Another program has a file of the run open. The changes wait in memory, and catchUp tries again. */
export class RunDelayed extends StudioError {}

/** @param folder of all runs. @param failed the beginning of the sentence about a system error */
export function notWritten(folder: string, failed: string, error: unknown): StudioError {
  if (error instanceof StudioError) return error;
  const advice = isLocked(error) ? ' Please close programs that have files in this folder open.' : '';
  return new StudioError(
    'run-not-saved',
    `${failed} (in “${folder}”): ${fileErrorReason(error)}. What was written before is still there.${advice}`,
  );
}

/** RunDelayed if writing may succeed later, else the error itself. */
export function delayedOr(folder: string, error: unknown): unknown {
  return isLocked(error) ? new RunDelayed('run-not-saved', notWritten(folder, NOT_WRITTEN, error).message) : error;
}
