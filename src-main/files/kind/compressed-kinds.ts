// Recognizes files compressed with gzip, zlib or raw deflate, and what they contain.
import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { isGzipMagic } from '../archive/gzip';
import { latin1 } from './bytes';
import { HEAD_BYTES, TAIL_BYTES, type FileKind, type FileInspection } from './kinds';
import { IDX_START } from './idx-kinds';

/** Compressed bytes to unpack. Few, because deflate may expand each byte to 1032. */
const UNPACKED_BYTES = 1 << 13;

/** Fewer bytes of a gzip file that is cut off say nothing about its content. */
const LEAST_CONTENT = 16;

/** @param kindOf recognizes the content */
export function compressedKind(
  inspection: FileInspection,
  kindOf: (inspection: FileInspection) => FileKind | undefined,
): FileKind | undefined {
  if (isGzipMagic(inspection.head)) return gzipKind(inspection, kindOf);
  const [first = 0, second = 0] = inspection.head;
  if ((first & 0x0f) === 8 && first >> 4 <= 7 && ((first << 8) | second) % 31 === 0)
    return zlibKind(inspection, kindOf);
  const content = startOf(inspection, inflateRawSync);
  const isIdx = content !== undefined && IDX_START.test(latin1(content.subarray(0, 4)));
  return isIdx ? { id: 'deflate', what: 'a deflated file without a header' } : undefined;
}

function gzipKind(inspection: FileInspection, kindOf: (inspection: FileInspection) => FileKind | undefined): FileKind {
  const content = startOf(inspection, gunzipSync);
  if (content === undefined) return { id: 'gzip', what: 'a gzip file that is damaged' };
  if (content.length < LEAST_CONTENT && !isWholeGzip(inspection))
    return { id: 'gzip', what: 'a gzip file that is cut off' };
  const inside = kindOf(lookInside(inspection, content));
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

/** Two bytes are a weak signature, so the file must also unpack to something. */
function zlibKind(
  inspection: FileInspection,
  kindOf: (inspection: FileInspection) => FileKind | undefined,
): FileKind | undefined {
  const content = startOf(inspection, inflateSync);
  if (content === undefined || content.length === 0) return undefined;
  const inside = kindOf(lookInside(inspection, content));
  return {
    id: 'zlib',
    what: `a file compressed with zlib${inside ? ` that holds ${inside.what}` : ''}`,
    ...(inside && { inside }),
  };
}

/** The size of the content is known only if all of it was unpacked. */
function lookInside({ name, head, bytes }: FileInspection, content: Uint8Array): FileInspection {
  const isWhole = head.length === bytes && bytes <= UNPACKED_BYTES;
  return {
    name: name.replace(/\.gz$/i, ''),
    bytes: isWhole ? content.length : Infinity,
    head: content.subarray(0, HEAD_BYTES),
    tail: isWhole ? content.subarray(-TAIL_BYTES) : new Uint8Array(),
  };
}

/** @returns the first uncompressed bytes; undefined if the data cannot be unpacked */
function startOf({ head }: FileInspection, inflate: typeof inflateSync): Uint8Array | undefined {
  try {
    return inflate(head.subarray(0, UNPACKED_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}
