// Recognizes IDX files: valid ones, those with little-endian numbers, and those that a program has changed as if they
// were text.
import { latin1, startsWith } from './bytes';
import type { FileKind, FileInspection } from './kinds';

/** Bytes of a value, by the third byte of the file. */
const WIDTHS: Readonly<Record<number, number>> = { 0x08: 1, 0x09: 1, 0x0b: 2, 0x0c: 4, 0x0d: 4, 0x0e: 8 };
const MOST_DIMENSIONS = 4;

/** The first four bytes of an IDX file, as characters. */
// eslint-disable-next-line no-control-regex
export const IDX_START = /^\x00\x00[\x08\x09\x0b-\x0e][\x01-\x04]/;
// eslint-disable-next-line no-control-regex
const REVERSED_START = /^[\x01-\x04][\x08\x09\x0b-\x0e]\x00\x00/;

export function idxKind(inspection: FileInspection): FileKind | undefined {
  const { head, bytes } = inspection;
  const start = latin1(head.subarray(0, 4));
  if (REVERSED_START.test(start)) return little();
  if (!IDX_START.test(start)) return undefined;
  const [big, reversed] = [false, true].map((littleEndian) => expectedBytes(head, littleEndian));
  if (big === undefined || reversed === undefined) return undefined;
  if (big !== bytes && Number.isFinite(bytes)) {
    if (reversed === bytes) return little();
    const change = bytes > big ? textChange(inspection) : undefined;
    if (change) return change;
  }
  return { id: 'idx', what: `an IDX file of ${head[3] === 1 ? 'labels' : 'images'}` };
}

/** IDX with a byte order mark before it, so that it does not begin like IDX. */
export function changedIdx(inspection: FileInspection): FileKind | undefined {
  const { head } = inspection;
  if (startsWith(head, [0xef, 0xbb, 0xbf]) && IDX_START.test(latin1(head.subarray(3, 7)))) {
    return changed('a byte order mark was put before it');
  }
  return undefined;
}

/** @returns bytes of the whole file by its header; undefined if the header is cut off */
function expectedBytes(head: Uint8Array, littleEndian: boolean): number | undefined {
  const dimensions = head[3]!;
  const header = 4 + 4 * dimensions;
  if (dimensions > MOST_DIMENSIONS || head.length < header) return undefined;
  const view = new DataView(head.buffer, head.byteOffset);
  let length = WIDTHS[head[2]!]!;
  for (let d = 0; d < dimensions; d++) length *= view.getUint32(4 + 4 * d, littleEndian);
  return header + length;
}

/** What a program did that treated the bytes as text, and so added bytes. */
function textChange({ head }: FileInspection): FileKind | undefined {
  const text = latin1(head);
  const lineFeeds = text.split('\n').length - 1;
  if (lineFeeds > 3 && text.split('\r\n').length - 1 === lineFeeds)
    return changed('a carriage return was put before each line feed');
  return text.split('').some((letter) => letter > '\x7f') && isUtf8(head)
    ? changed('its bytes were written as UTF-8')
    : undefined;
}

/** The last character may be cut off by the end of the head. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const little = (): FileKind => ({ id: 'little-endian-idx', what: 'an IDX file with little-endian numbers' });
const changed = (how: string): FileKind => ({
  id: 'changed-idx',
  what: `an IDX file that was changed as if it were text (${how})`,
});
