// Reads the attributes of a group or dataset that are texts or lists of texts.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (III.E, IV.A.2.m, IV.A.2.v)
import { countOf } from '../open/imported-network';
import { heapObjects } from './fractal-heap';
import { isUndefinedAddress, type Hdf5Bytes } from './hdf5-bytes';
import { ATTRIBUTE, ATTRIBUTE_INFO, findMessage, type Message } from './object-header';
import { readShape, readType, type Hdf5Type } from './types';

const MAX_TEXTS = 100_000;
const SHARED_PARTS = 3;

/** A single text is a list of one. Attributes of other types are ignored. */
export function readTextAttributes(bytes: Hdf5Bytes, messages: readonly Message[]): Map<string, string[]> {
  const starts = messages.filter(({ type, isShared }) => type === ATTRIBUTE && !isShared).map(({ start }) => start);
  const info = findMessage(messages, ATTRIBUTE_INFO);
  if (info) {
    const heapAt = info.start + 2 + (bytes.uint8(info.start + 1) & 1 ? 2 : 0);
    const heap = bytes.uint64(heapAt);
    if (!isUndefinedAddress(heap))
      starts.push(...heapObjects(bytes, heap, bytes.uint64(heapAt + 8), 0).map(({ start }) => start));
  }
  const attributes = new Map<string, string[]>();
  for (const start of starts) {
    const { name, texts } = readAttribute(bytes, start);
    if (texts) attributes.set(name, texts);
  }
  return attributes;
}

function readAttribute(bytes: Hdf5Bytes, start: number): { name: string; texts: string[] | undefined } {
  const version = bytes.uint8(start);
  const lengths = [2, 4, 6].map((at) => bytes.uint16(start + at)) as [number, number, number];
  const padded = (length: number) => (version === 1 ? Math.ceil(length / 8) * 8 : length);
  const nameAt = start + (version === 3 ? 9 : 8);
  const typeAt = nameAt + padded(lengths[0]);
  const spaceAt = typeAt + padded(lengths[1]);
  const name = bytes.text(nameAt, Math.max(0, lengths[0] - 1));
  if (version > 1 && bytes.uint8(start + 1) & SHARED_PARTS) return { name, texts: undefined };
  const type = readType(bytes, typeAt);
  const count = countOf(readShape(bytes, spaceAt));
  const dataAt = spaceAt + padded(lengths[2]);
  return { name, texts: readTexts(bytes, type, count, dataAt) };
}

function readTexts(bytes: Hdf5Bytes, type: Hdf5Type, count: number, start: number): string[] | undefined {
  if (type.kind !== 'text' && type.kind !== 'variable-text') return undefined;
  if (count > MAX_TEXTS || type.bytes === 0) throw bytes.damaged();
  bytes.slice(start, count * type.bytes);
  return Array.from({ length: count }, (_, k) => {
    const at = start + k * type.bytes;
    return type.kind === 'text' ? bytes.text(at, type.bytes).replace(/[\0 ]+$/, '') : readVariableText(bytes, at);
  });
}

/** @param at position of its length and its reference to a global heap */
function readVariableText(bytes: Hdf5Bytes, at: number): string {
  const length = bytes.uint32(at);
  const heap = bytes.uint64(at + 4);
  const wanted = bytes.uint32(at + 12);
  if (length === 0) return '';
  bytes.expectSignature(heap, 'GCOL');
  const end = heap + bytes.uint64(heap + 8);
  for (let object = heap + 16; object + 16 <= end;) {
    const index = bytes.uint16(object);
    const size = bytes.uint64(object + 8);
    if (index === wanted) {
      if (length > size) throw bytes.damaged();
      return bytes.text(object + 16, length).replace(/\0+$/, '');
    }
    if (index === 0) break; // free space up to the end
    object += 16 + Math.ceil(size / 8) * 8;
  }
  throw bytes.damaged();
}
