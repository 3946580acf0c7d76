// Reads a run's folder into the list of runs, and tells a damaged run from one that only cannot be read now.
import { StudioError } from '../../src-shared/errors';
import type { RunId } from '../../src-shared/runs';
import { fileErrorReason } from '../file-errors';
import { NewerVersion } from './newer-version';
import type { RunFolder } from './run-folder';
import type { RunJson } from './run-json';
import { endOf, progressAt } from './run-progress';

/** System errors that say that a file is missing or is not a file: the folder does not hold a run. */
const WRONG_FILE: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'];

/** Throws if the folder does not hold this run, or cannot be read now; isDamage tells which. */
export async function admitRun(folder: RunFolder, id: RunId): Promise<RunJson> {
  const run = await folder.readRun();
  if (run.id !== id) throw new StudioError('run-unreadable', 'its run.json is that of another run');
  return run.status === 'running' ? recover(folder, run) : run;
}

/**
 * True if the error is about what the files hold. What a newer version wrote is not damaged. Any other error of the system, such as
 * a file that another program has open or a disk that is full, says nothing about the run.
 */
export function isDamage(error: unknown): boolean {
  if (error instanceof NewerVersion) return false;
  const { syscall, code } = error as NodeJS.ErrnoException;
  return error instanceof StudioError || syscall === undefined || WRONG_FILE.includes(code);
}

/** Half a sentence. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof StudioError) return error.message;
  return (error as NodeJS.ErrnoException).code ? fileErrorReason(error) : 'one of its files does not hold what it should';
}

/** Recovers a run that was cut off by a crash or power loss: keeps everything up to the last complete epoch. */
async function recover(folder: RunFolder, run: RunJson): Promise<RunJson> {
  const last = await folder.readLast();
  const lines = await folder.mend(last.position.epoch);
  return folder.writeRun({ ...run, ...progressAt(run, last, lines), ...endOf(last) });
}
