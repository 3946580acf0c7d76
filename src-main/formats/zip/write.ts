// Writes ZIP archives of stored files as parts, most of which are views of the files: a library would hold a large
// network in memory two times more, or write sizes behind each file, which some readers of .npz do not look for.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { crc32 } from 'node:zlib';
import { lengthOf } from '../save/chunks';

export interface ZipEntry {
  /** In ASCII. */
  name: string;
  /** One behind the other. */
  parts: readonly Uint8Array[];
}

const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const VERSION = 20;
/** The first day that ZIP knows, 1 January 1980, so that the same files always make the same archive. */
const DATE = 0x0021;
/** Sizes and positions have four bytes; ZIP64 is not needed for the largest network. */
const MOST_BYTES = 0xffffffff;

/** Throws RangeError if the archive would have four gibibytes or more. */
export function zipParts(entries: readonly ZipEntry[]): Uint8Array[] {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let position = 0;
  for (const { name, parts } of entries) {
    const size = lengthOf(parts);
    const checksum = parts.reduce((sum, part) => crc32(part, sum), 0);
    const nameBytes = new TextEncoder().encode(name);
    const facts = [...u16(VERSION, 0, 0, 0, DATE), ...u32(checksum, size, size), ...u16(nameBytes.length, 0)];
    const header = Uint8Array.of(...u32(LOCAL_SIGNATURE), ...facts, ...nameBytes);
    directory.push(
      Uint8Array.of(
        ...u32(ENTRY_SIGNATURE),
        ...u16(VERSION),
        ...facts,
        ...u16(0, 0, 0),
        ...u32(0, position),
        ...nameBytes,
      ),
    );
    files.push(header, ...parts);
    position += header.length + size;
  }
  if (position > MOST_BYTES)
    throw new RangeError(`An archive of ${position} bytes is larger than ZIP without ZIP64 can be.`);
  const end = [
    ...u32(END_SIGNATURE),
    ...u16(0, 0, entries.length, entries.length),
    ...u32(lengthOf(directory), position),
    ...u16(0),
  ];
  return [...files, ...directory, Uint8Array.from(end)];
}

function u16(...values: number[]): number[] {
  return values.flatMap((value) => [value & 0xff, value >>> 8]);
}

function u32(...values: number[]): number[] {
  return values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24]);
}
