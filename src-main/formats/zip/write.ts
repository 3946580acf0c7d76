// Writes ZIP archives of uncompressed files as a list of byte arrays, most of which are views. A library would copy a
// large network twice, or write each size after its file, where some readers of .npz do not look for it.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { crc32 } from 'node:zlib';
import { lengthOf } from '../save/chunks';

export interface ZipEntry {
  /** ASCII only. */
  name: string;
  /** The content of the file, to be concatenated. */
  parts: readonly Uint8Array[];
}

const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const VERSION = 20;
/** 1 January 1980, the first date of ZIP: the same files always give the same archive. */
const DATE = 0x0021;
/** Sizes and positions have four bytes: even the largest network does not need ZIP64. */
const MAX_BYTES = 0xffffffff;

/** Throws RangeError if the archive would have 4 GiB or more. */
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
  if (position > MAX_BYTES)
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
