// Files carry the number of their format. It grows when earlier versions of the app must not touch them.
import { StudioError } from '../../src-shared/errors';

/** That of all files of a run. */
export const FORMAT = 1;

/**
 * This is whole, but not what this version of the app writes. Another version may read it: it is left alone, exactly
 * where it is.
 */
export class OtherVersion extends StudioError {
  /** @param message half a sentence */
  constructor(message: string) {
    super('run-unreadable', message);
  }
}

/** @param file its name. @param place the first field that does not fit, such as “result.testLoss” */
export function notOfThisVersion(file: string, place: string): OtherVersion {
  const where = place === '' ? file : `“${place}” of ${file}`;
  return new OtherVersion(
    `${where} is not what this version of the app writes. It is left as it is; please open it with the version ` +
      'that wrote it',
  );
}

/** A newer version of the app wrote this, and says so. */
export class NewerVersion extends OtherVersion {
  /** @param what it is that this version does not know: half a sentence, as is the message */
  constructor(what: string) {
    super(`it was written by a newer version of the app (${what}). Please open it with that version`);
  }
}

/** @param format as it stands in the file; undefined is left to whoever checks the rest. Throws NewerVersion. */
export function refuseNewer(format: unknown): void {
  if (format === undefined) return;
  const number = typeof format === 'string' && format.trim() !== '' ? Number(format) : format;
  // What is no number, such as 2.0-beta, was never written by this version or an earlier one.
  if (typeof number !== 'number' || !(number <= FORMAT))
    throw new NewerVersion(`format ${shown(format)}, where this one knows ${FORMAT}`);
}

function shown(format: unknown): string {
  return (typeof format === 'string' ? format : JSON.stringify(format)).slice(0, 20);
}
