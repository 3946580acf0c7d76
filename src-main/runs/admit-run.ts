// Reads a run's folder into the list of runs, and tells a damaged run from one that only cannot be read now.
import { StudioError } from '../../src-shared/errors';
import type { RunId } from '../../src-shared/runs';
import { fileErrorReason } from '../file-errors';
import type { RunFolder } from './run-folder';
import type { RunJson } from './run-json';

/** System errors that say that a file is missing or is not a file: the folder does not hold a run. */
const WRONG_FILE: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'];

/** Throws if the folder does not hold this run, or cannot be read now; isDamage tells which. */
export async function admitRun(folder: RunFolder, id: RunId): Promise<RunJson> {
  const run = await folder.readRun();
  if (run.id !== id) throw new StudioError('run-unreadable', 'its run.json is that of another run');
  return run.status === 'running' ? recover(folder, run) : run;
}

/**
 * True if the error is about what the files hold. Any other error of the system, such as a file that another program has
 * open or a disk that is full, says nothing about the run.
 */
export function isDamage(error: unknown): boolean {
  const { syscall, code } = error as NodeJS.ErrnoException;
  return error instanceof StudioError || syscall === undefined || WRONG_FILE.includes(code);
}

/** Half a sentence. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof StudioError) return error.message;
  return (error as NodeJS.ErrnoException).code ? fileErrorReason(error) : 'one of its files does not hold what it should';
}

/** @returns the error in a sentence, if it has none yet */
export function unreadableRun(error: unknown, folder: string): StudioError {
  if (error instanceof StudioError) return error;
  return new StudioError('run-unreadable', `The run could not be read: ${whyUnreadable(error)}. Its files are in “${folder}”.`);
}

/** Recovers a run that was cut off by a crash or power loss: keeps everything up to the last complete epoch. */
async function recover(folder: RunFolder, run: RunJson): Promise<RunJson> {
  await folder.removeTemporaryFiles();
  const { epoch, epochs } = await folder.readPosition();
  const lines = await folder.mendHistory(epoch);
  const seconds = lines.reduce((sum, { result }) => sum + result.seconds, 0);
  const message = `The app ended while it was trained, after epoch ${epoch} of ${epochs}.`;
  const recovered: RunJson = { ...run, status: 'cut-off', message, epochs, epochsTrained: epoch, result: lines.at(-1)?.result, seconds };
  await folder.writeRun(recovered);
  return recovered;
}
