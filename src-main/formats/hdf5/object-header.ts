// Reads object headers of both versions: lists of messages, which may continue elsewhere in the file.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (IV.A)
import type { Hdf5Bytes } from './hdf5-bytes';

export const DATASPACE = 0x01;
export const LINK_INFO = 0x02;
export const DATATYPE = 0x03;
export const LINK = 0x06;
export const LAYOUT = 0x08;
export const FILTERS = 0x0b;
export const ATTRIBUTE = 0x0c;
const CONTINUATION = 0x10;
export const SYMBOL_TABLE = 0x11;
export const ATTRIBUTE_INFO = 0x15;

const TIMES_STORED = 0x20;
const LIMITS_STORED = 0x10;
const CREATION_ORDER_STORED = 0x04;
/** The message is only the address of another message, such as a named type. */
const SHARED = 0x02;
const CHECKSUM_BYTES = 4;

export interface Message {
  type: number;
  start: number;
  length: number;
  isShared: boolean;
}

interface Block {
  start: number;
  end: number;
}

export function readMessages(bytes: Hdf5Bytes, address: number): Message[] {
  return bytes.uint8(address) === 1 ? readVersion1(bytes, address) : readVersion2(bytes, address);
}

export function findMessage(messages: readonly Message[], type: number): Message | undefined {
  return messages.find((message) => message.type === type);
}

function readVersion1(bytes: Hdf5Bytes, address: number): Message[] {
  const start = address + 16;
  const readHeader = (at: number) => ({
    type: bytes.uint16(at),
    length: bytes.uint16(at + 2),
    flags: bytes.uint8(at + 4),
  });
  return readBlocks(bytes, { start, end: start + bytes.uint32(address + 8) }, 8, readHeader, (begin, length) => ({
    start: begin,
    end: begin + length,
  }));
}

function readVersion2(bytes: Hdf5Bytes, address: number): Message[] {
  bytes.expectSignature(address, 'OHDR');
  const flags = bytes.uint8(address + 5);
  const lengthAt = address + 6 + (flags & TIMES_STORED ? 16 : 0) + (flags & LIMITS_STORED ? 4 : 0);
  const lengthBytes = 1 << (flags & 3);
  const start = lengthAt + lengthBytes;
  const headerBytes = flags & CREATION_ORDER_STORED ? 6 : 4;
  const readHeader = (at: number) => ({
    type: bytes.uint8(at),
    length: bytes.uint16(at + 1),
    flags: bytes.uint8(at + 3),
  });
  return readBlocks(
    bytes,
    { start, end: start + bytes.uint(lengthAt, lengthBytes) },
    headerBytes,
    readHeader,
    (begin, length) => {
      bytes.expectSignature(begin, 'OCHK');
      return { start: begin + 4, end: begin + length - CHECKSUM_BYTES };
    },
  );
}

function readBlocks(
  bytes: Hdf5Bytes,
  first: Block,
  headerBytes: number,
  readHeader: (at: number) => { type: number; length: number; flags: number },
  continuedBlock: (start: number, length: number) => Block,
): Message[] {
  const messages: Message[] = [];
  const blocks = [first];
  for (const { start, end } of blocks) {
    bytes.slice(start, end - start);
    for (let at = start; at + headerBytes <= end;) {
      const { type, length, flags } = readHeader(at);
      const message = { type, start: at + headerBytes, length, isShared: (flags & SHARED) !== 0 };
      at = message.start + length;
      if (at > end) throw bytes.damaged();
      messages.push(message);
      if (type === CONTINUATION)
        blocks.push(continuedBlock(bytes.uint64(message.start), bytes.uint64(message.start + 8)));
    }
  }
  return messages;
}
