// A file in an archive, and the limits of all archives.
import { StudioError } from '../../../src-shared/errors';

export interface ArchiveItem {
  /** Its path in the archive, with “/” as separator. */
  name: string;
  /** The path exactly as in the archive, such as “./train.csv”. */
  member: string;
  /** Unpacked size. */
  bytes: number;
  /** Its unpacked bytes in chunks. Must be read before the next item is requested, or not at all. */
  content: () => AsyncIterable<Uint8Array>;
}

/** EMNIST's largest part as pictures has 814,255. */
export const MOST_ITEMS = 1_000_000;
/** Total unpacked bytes: more than any dataset of this family has, in all of its forms. */
export const MOST_UNPACKED = 2 ** 33;

/** @param reason a clause for the middle of a sentence. @param file name of the archive */
export function archiveRefusal(file: string, reason: string): StudioError {
  return new StudioError(
    'file-unreadable',
    `${file} cannot be read as an archive: ${reason}. Please download or copy the file again, or unpack it and ` +
      'open the folder.',
  );
}

/**
 * The normalized path of an item. Nothing is ever written to this path, but a path that leads out of the archive is no
 * accident, so it is refused.
 */
export function itemName(name: string, file: string): string {
  const parts = name
    .replace(/\\/g, '/')
    .split('/')
    .filter((part) => part !== '.' && part !== '');
  if (/^[\\/]|^[a-z]:/i.test(name) || parts.includes('..') || name.includes('\0')) {
    throw archiveRefusal(file, `its file “${shortened(name)}” would lie outside the folder that it is unpacked to`);
  }
  return parts.join('/');
}

export function checkCount(count: number, file: string): void {
  if (count > MOST_ITEMS) throw archiveRefusal(file, `it holds more than ${MOST_ITEMS.toLocaleString('en-US')} files`);
}

export function checkUnpacked(bytes: number, file: string): void {
  if (bytes > MOST_UNPACKED) throw archiveRefusal(file, `it unpacks to more than ${MOST_UNPACKED / 2 ** 30} gibibytes`);
}

function shortened(name: string): string {
  const shown = name.replace(/\p{Cc}/gu, '?');
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
