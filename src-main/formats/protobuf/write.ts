// Encodes Protocol Buffers messages: each field is a tag (its number and wire type), followed by the value.
// https://protobuf.dev/programming-guides/encoding/

import { joined, lengthOf, chunksOf } from '../save/chunks';

const VARINT = 0;
const BYTES = 2;
const FLOAT = 5;

/** Builds one message. The fields keep the order in which they were added. Bytes and nested messages are not copied. */
export class MessageWriter {
  private readonly written: Uint8Array[] = [];

  /** The message as a list of byte arrays, to be concatenated. */
  get parts(): readonly Uint8Array[] {
    return this.written;
  }

  /** @param value an integer from −2^53 to 2^53 */
  integer(field: number, value: number): this {
    return this.add(field, VARINT, varint(value));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.add(field, FLOAT, bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: MessageWriter): this {
    return this.add(field, BYTES, varint(lengthOf(value.parts)), ...value.parts);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.add(field, BYTES, varint(value.length), value);
  }

  finish(): Uint8Array {
    return joined(chunksOf(this.written));
  }

  private add(field: number, kind: number, ...parts: Uint8Array[]): this {
    this.written.push(varint(field * 8 + kind), ...parts);
    return this;
  }
}

/**
 * Seven bits per byte, lowest first; the high bit is set if more bytes follow. Negative numbers are 64 bits in two's
 * complement.
 */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}
