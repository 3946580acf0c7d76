// Reads the members of a group, in each of the ways in which HDF5 stores them.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (III.A.1, III.C, III.D, IV.A.2.c, IV.A.2.g)
import { heapObjects } from './fractal-heap';
import { isUndefinedAddress, type Hdf5Bytes } from './hdf5-bytes';
import { findMessage, LINK, LINK_INFO, SYMBOL_TABLE, type Message } from './object-header';

/** An external link refers to an object in another file. */
export type Link = { name: string } & (
  { kind: 'hard'; address: number } | { kind: 'soft'; target: string } | { kind: 'external' }
);

const LONGEST_NAME = 1000;
const ENTRY_BYTES = 40;
const SOFT_ENTRY = 2;
const HEAP_ID_OF_LINK = 4;
const DEEPEST_TREE = 10;

/** @returns undefined if these are not the messages of a group */
export function readLinks(bytes: Hdf5Bytes, messages: readonly Message[]): Link[] | undefined {
  const table = findMessage(messages, SYMBOL_TABLE);
  if (table) return readSymbolTable(bytes, table);
  const info = findMessage(messages, LINK_INFO);
  if (!info) return undefined;
  const compact = messages.filter(({ type }) => type === LINK).map(({ start }) => readLinkMessage(bytes, start));
  const heapAt = info.start + 2 + (bytes.uint8(info.start + 1) & 1 ? 8 : 0);
  const heap = bytes.uint64(heapAt);
  if (isUndefinedAddress(heap)) return compact;
  const places = heapObjects(bytes, heap, bytes.uint64(heapAt + 8), HEAP_ID_OF_LINK);
  return [...compact, ...places.map(({ start }) => readLinkMessage(bytes, start))];
}

function readLinkMessage(bytes: Hdf5Bytes, start: number): Link {
  const flags = bytes.uint8(start + 1);
  let at = start + 2;
  const kind = flags & 0x08 ? bytes.uint8(at++) : 0;
  if (flags & 0x04) at += 8; // creation order
  if (flags & 0x10) at += 1; // character set
  const lengthBytes = 1 << (flags & 3);
  const length = bytes.uint(at, lengthBytes);
  if (length > LONGEST_NAME) throw bytes.damaged();
  const name = bytes.text(at + lengthBytes, length);
  at += lengthBytes + length;
  if (kind === 0) return { name, kind: 'hard', address: bytes.uint64(at) };
  if (kind === 1) return { name, kind: 'soft', target: bytes.text(at + 2, bytes.uint16(at)) };
  return { name, kind: 'external' };
}

function readSymbolTable(bytes: Hdf5Bytes, { start }: Message): Link[] {
  const names = bytes.uint64(bytes.uint64(start + 8) + 24);
  const readNode = (address: number, depth: number): Link[] => {
    if (depth > DEEPEST_TREE) throw bytes.damaged();
    const level = bytes.uint8(address + 5);
    const used = bytes.uint16(address + 6);
    const children = Array.from({ length: used }, (_, k) => bytes.uint64(address + 24 + 16 * k + 8));
    return children.flatMap((child) => (level > 0 ? readNode(child, depth + 1) : readLeaf(bytes, child, names)));
  };
  return readNode(bytes.uint64(start), 0);
}

function readLeaf(bytes: Hdf5Bytes, address: number, names: number): Link[] {
  bytes.expectSignature(address, 'SNOD');
  return Array.from({ length: bytes.uint16(address + 6) }, (_, k): Link => {
    const entry = address + 8 + k * ENTRY_BYTES;
    const name = bytes.zeroEndedText(names + bytes.uint64(entry), LONGEST_NAME);
    if (bytes.uint32(entry + 16) !== SOFT_ENTRY) return { name, kind: 'hard', address: bytes.uint64(entry + 8) };
    return { name, kind: 'soft', target: bytes.zeroEndedText(names + bytes.uint32(entry + 24), LONGEST_NAME) };
  });
}
