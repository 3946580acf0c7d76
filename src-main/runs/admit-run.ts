// Reads a run's folder for the list of runs, and distinguishes a damaged run from one that just cannot be read now.
import { StudioError, type ErrorCode } from '../../src-shared/errors';
import type { RunId } from '../../src-shared/runs/runs';
import { fileErrorReason } from '../files/file-errors';
import { OtherVersion } from './newer-version';
import type { RunFolder } from './run-folder';
import type { RunJson } from './run-json';
import { endOf, progressAt } from './run-progress';

/** System errors that mean that a file is missing or is not a file, so that the folder does not hold a run. */
const WRONG_FILE: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'];

/** Throws if the folder does not hold this run, or cannot be read now. isDamage distinguishes the two. */
export async function admitRun(folder: RunFolder, id: RunId): Promise<RunJson> {
  const run = await folder.readRun(id);
  return run.status === 'running' ? recover(folder, run) : run;
}

/** Codes of errors that mean that a file is damaged. */
const DAMAGED: readonly ErrorCode[] = ['file-unreadable', 'run-unreadable'];

/**
 * True only if it is certain that the files do not hold a run. What another version of the app wrote is not damaged,
 * and other errors say nothing about the run: a file is open in another program, the disk is full, memory is too small,
 * the app has a bug.
 */
export function isDamage(error: unknown): boolean {
  if (error instanceof OtherVersion) return false;
  if (error instanceof StudioError) return DAMAGED.includes(error.code);
  return WRONG_FILE.includes((error as NodeJS.ErrnoException).code);
}

/** A clause for the middle of a sentence. */
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
  const lines = await folder.repair(last.position.epoch);
  return folder.writeRun({ ...run, ...progressAt(run, last, lines), ...endOf(last) });
}
