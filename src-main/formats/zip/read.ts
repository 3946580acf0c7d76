// Unpacks a ZIP archive that is in memory, by its central directory, within fixed limits of memory. Synchronous and
// with sentences about networks: files/archive/zip-archive.ts (yauzl) streams the entries of datasets from disk
// instead. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { crc32, inflateRawSync } from 'node:zlib';
import { refusal } from '../open/imported-network';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** Compression methods that some tools use but Node.js cannot unpack. */
const OTHER_METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
};
const ENCRYPTED = 1;
/** Placeholder for a size that ZIP64 stores elsewhere. */
const ELSEWHERE = 0xffffffff;
const MAX_ENTRIES = 1000;
/** Limit for all unpacked entries together. */
const MAX_BYTES = 1 << 30;

interface Entry {
  name: string;
  method: number;
  checksum: number;
  packed: number;
  unpacked: number;
  /** Position of the packed bytes in the file. */
  start: number;
}

/** @returns the unpacked files by name. Throws file-unreadable. */
export function readZip(bytes: Uint8Array, file: string): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(view, bytes, file);
  checkEntries(entries, file);
  return new Map(entries.map((entry) => [entry.name, unpack(entry, bytes, file)]));
}

function readDirectory(view: DataView, bytes: Uint8Array, file: string): Entry[] {
  const end = findEnd(view);
  if (end === undefined) throw refusal(file, 'it is not a ZIP archive, or it is cut off');
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) throw refusal(file, `it contains ${count} files: expected at most ${MAX_ENTRIES}`);
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let k = 0; k < count; k++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw refusal(file, 'its directory is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const next = at + ENTRY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw refusal(file, 'its directory is damaged');
    if (view.getUint16(at + 8, true) & ENCRYPTED) throw refusal(file, 'it is encrypted');
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength));
    const [packed, unpacked, local] = [
      view.getUint32(at + 20, true),
      view.getUint32(at + 24, true),
      view.getUint32(at + 42, true),
    ];
    if ([packed, unpacked, local].includes(ELSEWHERE))
      throw refusal(file, `its file “${name}” is larger than a gibibyte`);
    if (local + LOCAL_BYTES > end || view.getUint32(local, true) !== LOCAL_SIGNATURE)
      throw refusal(file, `its file “${name}” is not where its directory says`);
    const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + packed > end) throw refusal(file, `its file “${name}” is not where its directory says`);
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed,
      unpacked,
      start,
    });
    at = next;
  }
  return entries;
}

/** @returns the position of the end record, which only a comment may follow */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (
      view.getUint32(at, true) === END_SIGNATURE &&
      at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  }
  return undefined;
}

function checkEntries(entries: readonly Entry[], file: string): void {
  const names = new Set(entries.map(({ name }) => name));
  if (names.size < entries.length) throw refusal(file, 'it contains two files with the same name');
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (unpacked > MAX_BYTES) throw refusal(file, `it unpacks to ${unpacked} bytes: expected at most ${MAX_BYTES}`);
  const inOrder = [...entries].sort((a, b) => a.start - b.start);
  const overlapping = inOrder.find((entry, k) => k > 0 && entry.start < inOrder[k - 1]!.start + inOrder[k - 1]!.packed);
  if (overlapping) throw refusal(file, `its file “${overlapping.name}” overlaps another one`);
}

function unpack(
  { name, method, checksum, packed, unpacked, start }: Entry,
  bytes: Uint8Array,
  file: string,
): Uint8Array {
  const content = bytes.subarray(start, start + packed);
  const other = OTHER_METHODS[method];
  if (other !== undefined)
    throw refusal(
      file,
      `its file “${name}” is compressed with ${other}, which cannot be unpacked here`,
      'Please pack the files again as a ZIP with Deflate, or save the arrays with numpy.savez.',
    );
  const result = method === STORED ? content : method === DEFLATED ? inflate(content, unpacked) : undefined;
  if (!result) throw refusal(file, `its file “${name}” cannot be unpacked`);
  if (result.length !== unpacked)
    throw refusal(file, `its file “${name}” does not have the ${unpacked} bytes that its directory promises`);
  if (crc32(result) !== checksum) throw refusal(file, `its file “${name}” is damaged: its checksum is wrong`);
  return result;
}

/** @returns undefined if the data is damaged, or unpacks to more than `max` bytes */
function inflate(packed: Uint8Array, max: number): Uint8Array | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, max) });
  } catch {
    return undefined;
  }
}
