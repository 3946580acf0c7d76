// Decodes the fields of Protocol Buffers messages, without a schema.
// https://protobuf.dev/programming-guides/encoding/

export interface Field {
  number: number;
  /** The bits of a varint (two's complement, 64 bits), or of a field of four or eight bytes. */
  integer: bigint | undefined;
  /** A view of the message. If undefined, the field is an integer. */
  bytes: Uint8Array | undefined;
}

/** The bytes are not a valid message. */
export class MessageError extends Error {}

/** Yields the fields in order, decoding each when it is requested. Throws MessageError. */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = new Reader(message);
  while (!reader.ended) {
    const tag = Number(reader.varint());
    const number = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 0) yield { number, integer: reader.varint(), bytes: undefined };
    else if (kind === 1) yield { number, integer: littleEndian(reader.take(8)), bytes: undefined };
    else if (kind === 2) yield { number, integer: undefined, bytes: reader.take(Number(reader.varint())) };
    else if (kind === 5) yield { number, integer: littleEndian(reader.take(4)), bytes: undefined };
    else throw new MessageError('A field is of an unknown kind.');
  }
}

/** The integers of a packed field. Throws MessageError. */
export function* varintsOf(bytes: Uint8Array): Generator<bigint> {
  const reader = new Reader(bytes);
  while (!reader.ended) yield reader.varint();
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get ended(): boolean {
    return this.at >= this.bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new MessageError('A number is cut off or too long.');
  }

  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new MessageError('A field is longer than its message.');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
