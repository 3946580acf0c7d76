// Files compressed with gzip, zlib or bare deflate, and what they hold.
import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { isGzipMagic } from '../archive/gzip';
import { latin1 } from './bytes';
import { HEAD_BYTES, TAIL_BYTES, type FileKind, type FileInspection } from './kinds';
import { IDX_START } from './idx-kinds';

/** So few of the compressed bytes are unpacked, because deflate may make 1032 bytes of each. */
const UNPACKED = 1 << 13;

/** The first bytes of a gzip file that is cut off say nothing, if they are so few. */
const LEAST_CONTENT = 16;

/** @param kindOf says what the content is */
export function compressedKind(
  look: FileInspection,
  kindOf: (look: FileInspection) => FileKind | undefined,
): FileKind | undefined {
  if (isGzipMagic(look.head)) return gzipKind(look, kindOf);
  const [first = 0, second = 0] = look.head;
  if ((first & 0x0f) === 8 && first >> 4 <= 7 && ((first << 8) | second) % 31 === 0) return zlibKind(look, kindOf);
  const content = startOf(look, inflateRawSync);
  const isIdx = content !== undefined && IDX_START.test(latin1(content.subarray(0, 4)));
  return isIdx ? { id: 'deflate', what: 'a deflated file without a header' } : undefined;
}

function gzipKind(look: FileInspection, kindOf: (look: FileInspection) => FileKind | undefined): FileKind {
  const content = startOf(look, gunzipSync);
  if (content === undefined) return { id: 'gzip', what: 'a gzip file that is damaged' };
  if (content.length < LEAST_CONTENT && !isWholeGzip(look)) return { id: 'gzip', what: 'a gzip file that is cut off' };
  const inside = kindOf(lookInside(look, content));
  if (!inside) return { id: 'gzip', what: 'a gzip file' };
  const isDouble = inside.id === 'gzip' || inside.id === 'double-gzip';
  if (isDouble) return { id: 'double-gzip', what: 'a file that was compressed with gzip twice', inside };
  return { id: 'gzip', what: `a gzip file that holds ${inside.what}`, inside };
}

function isWholeGzip({ head, bytes }: FileInspection): boolean {
  try {
    gunzipSync(head);
    return head.length === bytes;
  } catch {
    return false;
  }
}

/** Two bytes are little to go by: something must come out. */
function zlibKind(look: FileInspection, kindOf: (look: FileInspection) => FileKind | undefined): FileKind | undefined {
  const content = startOf(look, inflateSync);
  if (content === undefined || content.length === 0) return undefined;
  const inside = kindOf(lookInside(look, content));
  return {
    id: 'zlib',
    what: `a file compressed with zlib${inside ? ` that holds ${inside.what}` : ''}`,
    ...(inside && { inside }),
  };
}

/** The size of the content is only known if all of it was unpacked. */
function lookInside({ name, head, bytes }: FileInspection, content: Uint8Array): FileInspection {
  const isWhole = head.length === bytes && bytes <= UNPACKED;
  return {
    name: name.replace(/\.gz$/i, ''),
    bytes: isWhole ? content.length : Infinity,
    head: content.subarray(0, HEAD_BYTES),
    tail: isWhole ? content.subarray(-TAIL_BYTES) : new Uint8Array(),
  };
}

/** @returns the first uncompressed bytes; undefined if these are no such data */
function startOf({ head }: FileInspection, inflate: typeof inflateSync): Uint8Array | undefined {
  try {
    return inflate(head.subarray(0, UNPACKED), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}
