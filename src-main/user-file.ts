// Writes a file to the place that a person chose.
import { basename } from 'node:path';
import { StudioError } from '../src-shared/errors';
import { writeFileAtomically } from './atomic-write';
import { fileErrorReason } from './file-errors';

/**
 * @param what it holds, such as "The settings"
 * Throws export-failed; a file that was there before is then still there, unchanged.
 */
export async function writeUserFile(file: string, content: Uint8Array | string, what: string): Promise<void> {
  try {
    await writeFileAtomically(file, content);
  } catch (error) {
    const reason = `${what} could not be written to ${basename(file)}: ${fileErrorReason(error)}.`;
    throw new StudioError('export-failed', `${reason} Nothing was changed. Please choose another place.`);
  }
}
