// Each file names the number of its format, which grows when earlier versions of the app must not change the file.
import { StudioError } from '../../src-shared/errors';

/** The format of all files of a run. */
export const FORMAT = 1;

/**
 * Thrown for a file that is not damaged, but is not what this version of the app writes. Another version may be able to
 * read it, so it is left exactly as and where it is.
 */
export class OtherVersion extends StudioError {
  /** @param message a clause for the middle of a sentence */
  constructor(message: string) {
    super('run-unreadable', message);
  }
}

/** @param file its name. @param place the first field that is not valid, such as “result.testLoss” */
export function notOfThisVersion(file: string, place: string): OtherVersion {
  const where = place === '' ? file : `“${place}” of ${file}`;
  return new OtherVersion(
    `${where} is not what this version of the app writes. It is left as it is; please open it with the version ` +
      'that wrote it',
  );
}

/** Thrown for a file that says that a newer version of the app wrote it. */
export class NewerVersion extends OtherVersion {
  /** @param what this version does not know. It and the message are clauses for the middle of a sentence */
  constructor(what: string) {
    super(`it was written by a newer version of the app (${what}). Please open it with that version`);
  }
}

/** @param format the value in the file. Undefined is accepted here, and refused by the schema. Throws NewerVersion. */
export function refuseNewer(format: unknown): void {
  if (format === undefined) return;
  const number = typeof format === 'string' && format.trim() !== '' ? Number(format) : format;
  // This version and earlier ones only write numbers, so anything else, such as 2.0-beta, is newer.
  if (typeof number !== 'number' || !(number <= FORMAT))
    throw new NewerVersion(`format ${shown(format)}, where this one knows ${FORMAT}`);
}

function shown(format: unknown): string {
  return (typeof format === 'string' ? format : JSON.stringify(format)).slice(0, 20);
}
