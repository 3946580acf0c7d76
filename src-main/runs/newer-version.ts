// Files carry the number of their format. It grows when earlier versions of the app must not touch them.
import { StudioError } from '../../src-shared/errors';

/** That of all files of a run. */
export const FORMAT = 1;

/** A newer version of the app wrote this, and this one cannot read it: it is left alone, exactly where it is. */
export class NewerVersion extends StudioError {
  /** @param what it is that this version does not know: half a sentence, as is the message */
  constructor(what: string) {
    super('run-unreadable', `it was written by a newer version of the app (${what}). Please open it with that version`);
  }
}

/** @param format as it stands in the file; what is no number is left to whoever checks the rest. Throws NewerVersion. */
export function refuseNewer(format: unknown): void {
  const number = typeof format === 'string' && format.trim() !== '' ? Number(format) : format;
  if (typeof number === 'number' && number > FORMAT) throw new NewerVersion(`format ${number}, where this one knows ${FORMAT}`);
}
