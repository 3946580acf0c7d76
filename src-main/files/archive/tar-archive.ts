// Reads the files in a tar archive in their order. Each has a header of 512 bytes before it (POSIX ustar, pax or GNU).
// https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13
import { basename } from 'node:path';
import { StudioError } from '../../../src-shared/errors';
import { archiveRefusal, checkCount, checkUnpacked, itemName, type ArchiveItem } from './archive-item';
import { ByteReader } from './byte-reader';

const BLOCK = 512;
/** Bytes of attributes for the next header: GNU's long names and pax's attributes. */
const LONGEST_ATTRIBUTES = 1 << 20;
const FILE = new Set(['0', '\0', '7']);

interface Header {
  name: string;
  bytes: number;
  /** One character for a file, a folder, a link, or attributes of the next file. */
  type: string;
}

/** @param unpacked bytes of the archive, not compressed. Throws file-unreadable, file-truncated. */
export async function* tarItems(path: string, unpacked: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveItem> {
  const file = basename(path);
  const reader = new ByteReader(unpacked, () => cutOff(file));
  try {
    yield* itemsOf(reader, file);
    // Read to the end, some empty blocks later, so that the check sum of gzip is checked.
    while (!(await reader.isAtEnd())) await reader.read(BLOCK, { mayEnd: true });
  } finally {
    await reader.close();
  }
}

async function* itemsOf(reader: ByteReader, file: string): AsyncGenerator<ArchiveItem> {
  let [items, total] = [0, 0];
  let attributes: Partial<Pick<Header, 'name' | 'bytes'>> = {};
  for (;;) {
    const block = await reader.read(BLOCK, { mayEnd: true });
    if (block === undefined || block.every((byte) => byte === 0)) return;
    const header = { ...parseHeader(block, file), ...attributes };
    const padded = Math.ceil(header.bytes / BLOCK) * BLOCK;
    checkCount(++items, file);
    checkUnpacked((total += padded), file);
    if ('xL'.includes(header.type)) {
      attributes = { ...attributes, ...(await readAttributes(reader, header, file)) };
      continue;
    }
    attributes = {};
    reader.begin(padded);
    if (FILE.has(header.type))
      yield {
        name: itemName(header.name, file),
        member: header.name,
        bytes: header.bytes,
        content: () => reader.chunks(header.bytes),
      };
    await reader.skipRest();
  }
}

function parseHeader(block: Uint8Array, file: string): Header {
  const text = (from: number, length: number) =>
    new TextDecoder().decode(block.subarray(from, from + length)).replace(/\0[^]*$/, '');
  const stated = parseInt(text(148, 8), 8);
  const sum = block.reduce((total, byte, k) => total + (k >= 148 && k < 156 ? 0x20 : byte), 0);
  if (stated !== sum) throw archiveRefusal(file, 'the check sum of a header in it is wrong');
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
  const bytes = parseSize(block.subarray(124, 136));
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw archiveRefusal(file, 'the size of a file in it is no number');
  return {
    name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`,
    bytes,
    type: String.fromCharCode(block[156]!),
  };
}

/** Octal digits, or a big-endian number if the first bit is set. */
function parseSize(field: Uint8Array): number {
  if (field[0]! & 0x80) return field.subarray(1).reduce((value, byte) => value * 256 + byte, field[0]! & 0x7f);
  return parseInt(new TextDecoder().decode(field).replace(/[\0 ]+$/, '') || '0', 8);
}

async function readAttributes(
  reader: ByteReader,
  { type, bytes }: Header,
  file: string,
): Promise<Partial<Pick<Header, 'name' | 'bytes'>>> {
  if (bytes > LONGEST_ATTRIBUTES) throw archiveRefusal(file, 'a name in it is longer than a mebibyte');
  const content = (await reader.read(Math.ceil(bytes / BLOCK) * BLOCK))!.subarray(0, bytes);
  const text = new TextDecoder().decode(content);
  if (type === 'L') return { name: text.replace(/\0[^]*$/, '') };
  // Each attribute is a line with its length, a space, its name, “=” and its value.
  const [, name] = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text) ?? [];
  const [, size] = /(?:^|\n)\d+ size=(\d+)\n/.exec(text) ?? [];
  return { ...(name !== undefined && { name }), ...(size !== undefined && { bytes: Number(size) }) };
}

function cutOff(file: string): StudioError {
  return new StudioError(
    'file-truncated',
    `${file} is cut off: the archive ends in the middle of a file. Please download or copy the file again.`,
  );
}
