// Reads a run's folder into the list of runs, and tells a damaged run from one that only cannot be read now.
import { StudioError, type ErrorCode } from '../../src-shared/errors';
import type { RunId } from '../../src-shared/runs/runs';
import { fileErrorReason } from '../files/file-errors';
import { OtherVersion } from './newer-version';
import type { RunFolder } from './run-folder';
import type { RunJson } from './run-json';
import { endOf, progressAt } from './run-progress';

/** System errors that say that a file is missing or is not a file: the folder does not hold a run. */
const WRONG_FILE: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'];

/** Throws if the folder does not hold this run, or cannot be read now; isDamage tells which. */
export async function admitRun(folder: RunFolder, id: RunId): Promise<RunJson> {
  const run = await folder.readRun(id);
  return run.status === 'running' ? recover(folder, run) : run;
}

/** Codes of the sentences that say that a file does not hold what it should. */
const DAMAGED: readonly ErrorCode[] = ['file-unreadable', 'run-unreadable'];

/**
 * True only if the files are known not to hold a run. What another version wrote is not damaged, and all other errors
 * say nothing about the run: a file that another program has open, a full disk, memory that is too small, a fault of
 * the app.
 */
export function isDamage(error: unknown): boolean {
  if (error instanceof OtherVersion) return false;
  if (error instanceof StudioError) return DAMAGED.includes(error.code);
  return WRONG_FILE.includes((error as NodeJS.ErrnoException).code);
}

/** Half a sentence. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof StudioError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof RangeError && code === undefined
    ? 'there is not enough memory to read it'
    : fileErrorReason(error);
}

/** Recovers a run that was cut off by a crash or power loss: keeps everything up to the last complete epoch. */
async function recover(folder: RunFolder, run: RunJson): Promise<RunJson> {
  const last = await folder.readLast();
  const lines = await folder.mend(last.position.epoch);
  return folder.writeRun({ ...run, ...progressAt(run, last, lines), ...endOf(last) });
}
