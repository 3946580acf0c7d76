// Writes a file where the person chose to save it.
import { basename } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import { writeFileAtomically, type FileContent } from './atomic-write';
import { fileErrorReason, isLocked } from './file-errors';
import type { Wait } from './file-retry';
import { unfinishedWork } from './unfinished-work';

/**
 * The app waits for the file before it quits.
 * @param what the file holds, such as "The settings"
 * @param verb what the person does again once the file is closed elsewhere
 * Throws export-failed; an existing file is then unchanged.
 */
export function writeUserFile(
  file: string,
  content: FileContent,
  what: string,
  verb: Verb = 'save',
  wait?: Wait,
): Promise<void> {
  return unfinishedWork.during(basename(file), write(file, content, what, verb, wait));
}

async function write(
  file: string,
  content: FileContent,
  what: string,
  verb: Verb,
  wait: Wait | undefined,
): Promise<void> {
  try {
    await writeFileAtomically(file, content, wait);
  } catch (error) {
    throw notWritten(error, file, what, verb);
  }
}

type Verb = 'save' | 'export';

/** @returns the error with a sentence for the person, unless it has one already */
export function notWritten(error: unknown, file: string, what: string, verb: Verb): StudioError {
  if (error instanceof StudioError) return error;
  const name = basename(file);
  const reason = `${what} could not be written to ${name}: ${fileErrorReason(error)}. Nothing was changed.`;
  const advice = isLocked(error)
    ? `Please close ${name} in the other program and ${verb} again, or choose another name.`
    : 'Please choose another place.';
  return new StudioError('export-failed', `${reason} ${advice}`);
}
