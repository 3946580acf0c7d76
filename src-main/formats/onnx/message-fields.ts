// The value of a Protocol Buffers field as text, number or bytes. Each function throws MessageError for other values.
import { fieldsOf, MessageError, varintsOf, type Field } from '../protobuf/read';

export function bytesOf({ bytes }: Field): Uint8Array {
  if (!bytes) throw new MessageError('The message has a number instead of bytes.');
  return bytes;
}

export function textOf(field: Field): string {
  return new TextDecoder().decode(bytesOf(field));
}

export function integerOf({ integer }: Field): bigint {
  if (integer === undefined) throw new MessageError('The message has bytes instead of a number.');
  return integer;
}

/** 64 bits in two's complement. Rounded beyond 2^53. */
export function signedOf(field: Field): number {
  return signed(integerOf(field));
}

/** One number, or all numbers of a packed field. */
export function signedListOf(field: Field): number[] {
  if (field.integer !== undefined) return [signed(field.integer)];
  const numbers: number[] = [];
  for (const integer of varintsOf(bytesOf(field))) numbers.push(signed(integer));
  return numbers;
}

export function floatOf(field: Field): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, Number(BigInt.asUintN(32, integerOf(field))));
  return view.getFloat32(0);
}

/** One float, or all floats of a packed field. */
export function floatListOf(field: Field): number[] {
  if (field.integer !== undefined) return [floatOf(field)];
  const bytes = bytesOf(field);
  if (bytes.length % 4 !== 0) throw new MessageError('A list of floats is cut off.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, n) => view.getFloat32(4 * n, true));
}

/** The first field with this number, as text. Empty if there is none. */
export function firstText(message: Uint8Array, number: number): string {
  for (const field of fieldsOf(message)) if (field.number === number) return textOf(field);
  return '';
}

/** StringStringEntryProto. */
export function entryOf(message: Uint8Array): { key: string; value: string } {
  return { key: firstText(message, 1), value: firstText(message, 2) };
}

function signed(integer: bigint): number {
  return Number(BigInt.asIntN(64, integer));
}
