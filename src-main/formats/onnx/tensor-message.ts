// TensorProto: finds the bytes of a constant, and decodes them when the constant is used.
import { fromFloat16 } from '../../files/float16';
import { IS_LITTLE_ENDIAN } from '../save/float32';
import { countOf, refusal } from '../open/imported-network';
import { fromBfloat16, MAX_NUMBERS } from '../open/number-types';
import { fieldsOf, MessageError } from '../protobuf/read';
import { bytesOf, entryOf, integerOf, signedListOf, signedOf, textOf } from './message-fields';
import { type Numbers, type Tensor } from './tensor';

export interface TensorMessage {
  name: string;
  shape: number[];
  /** Number of the TensorProto.DataType. */
  type: number;
  /** The numbers in their type, little-endian. */
  raw: Uint8Array | undefined;
  /** Integers, or the bits of 16-bit floats, decoded from one varint each. */
  varints: number[];
  texts: string[];
  /** The location of the numbers, if they are in another file. */
  external: Map<string, string> | undefined;
}

interface ElementType {
  bytes: number;
  isInteger: boolean;
  read: (view: DataView, at: number) => number;
  /** Converts a varint to the number, if the type may be stored as varints. */
  ofVarint?: (bits: number) => number;
}

const asIs = (value: number) => value;
const TYPES: Record<number, ElementType> = {
  1: { bytes: 4, isInteger: false, read: (view, at) => view.getFloat32(at, true) },
  2: { bytes: 1, isInteger: true, read: (view, at) => view.getUint8(at), ofVarint: asIs },
  3: { bytes: 1, isInteger: true, read: (view, at) => view.getInt8(at), ofVarint: asIs },
  4: { bytes: 2, isInteger: true, read: (view, at) => view.getUint16(at, true), ofVarint: asIs },
  5: { bytes: 2, isInteger: true, read: (view, at) => view.getInt16(at, true), ofVarint: asIs },
  6: { bytes: 4, isInteger: true, read: (view, at) => view.getInt32(at, true), ofVarint: asIs },
  7: { bytes: 8, isInteger: true, read: (view, at) => Number(view.getBigInt64(at, true)), ofVarint: asIs },
  9: { bytes: 1, isInteger: true, read: (view, at) => view.getUint8(at), ofVarint: asIs },
  10: { bytes: 2, isInteger: false, read: (view, at) => fromFloat16(view.getUint16(at, true)), ofVarint: fromFloat16 },
  11: { bytes: 8, isInteger: false, read: (view, at) => view.getFloat64(at, true) },
  12: { bytes: 4, isInteger: true, read: (view, at) => view.getUint32(at, true), ofVarint: asIs },
  13: { bytes: 8, isInteger: true, read: (view, at) => Number(view.getBigUint64(at, true)), ofVarint: asIs },
  16: {
    bytes: 2,
    isInteger: false,
    read: (view, at) => fromBfloat16(view.getUint16(at, true)),
    ofVarint: fromBfloat16,
  },
};
const FLOAT = 1;
const TEXT = 8;
const MAX_DIMENSIONS = 8;

export function isIntegerType(type: number): boolean {
  return TYPES[type]?.isInteger ?? false;
}

/** Throws MessageError. */
export function readTensorMessage(message: Uint8Array): TensorMessage {
  const tensor: TensorMessage = {
    name: '',
    shape: [],
    type: 0,
    raw: undefined,
    varints: [],
    texts: [],
    external: undefined,
  };
  const chunks: Uint8Array[] = [];
  let isElsewhere = false;
  const entries = new Map<string, string>();
  for (const field of fieldsOf(message)) {
    if (field.number === 1) tensor.shape.push(...signedListOf(field).slice(0, MAX_DIMENSIONS + 1));
    else if (field.number === 2) tensor.type = signedOf(field);
    else if (field.number === 8) tensor.name = textOf(field);
    // Packed floats and doubles have the layout of raw data.
    else if ([4, 9, 10].includes(field.number))
      chunks.push(field.bytes ?? bytesOfNumber(integerOf(field), field.number === 4 ? 4 : 8));
    else if ([5, 7, 11].includes(field.number)) for (const value of signedListOf(field)) tensor.varints.push(value);
    else if (field.number === 6) tensor.texts.push(textOf(field));
    else if (field.number === 13) entries.set(...keyAndValue(bytesOf(field)));
    else if (field.number === 14) isElsewhere = integerOf(field) !== 0n;
  }
  if (tensor.shape.some((side) => side < 0 || side > Number.MAX_SAFE_INTEGER))
    throw new MessageError('A dimension of an array is negative.');
  if (chunks.length > 0) tensor.raw = joined(chunks);
  if (isElsewhere) tensor.external = entries;
  return tensor;
}

/** The length in bytes of a tensor that is in another file. Throws file-unreadable. */
export function byteLengthOf({ name, shape, type }: TensorMessage, file: string): number {
  return checkedCount(name, shape, file) * typeOf(name, type, file).bytes;
}

/** Throws file-unreadable. */
export function decodeTensor({ name, shape, type, raw, varints, texts }: TensorMessage, file: string): Tensor {
  const count = checkedCount(name, shape, file);
  if (type === TEXT) {
    if (texts.length !== count)
      throw refusal(file, `its array “${name}” has ${texts.length} texts, but its shape promises ${count}`);
    return { kind: 'constant', isInteger: false, shape, values: new Float32Array(), texts };
  }
  const { bytes, isInteger, read, ofVarint } = typeOf(name, type, file);
  const isWide = bytes === 8 || type === 6 || type === 12;
  if (varints.length > 0) {
    if (!ofVarint || raw) throw refusal(file, `its array “${name}” has its numbers in two ways`);
    if (varints.length !== count)
      throw refusal(file, `its array “${name}” has ${varints.length} numbers, but its shape promises ${count}`);
    return { kind: 'constant', isInteger, shape, values: Float64Array.from(varints, ofVarint), texts: undefined };
  }
  const data = raw ?? new Uint8Array();
  if (data.length !== count * bytes)
    throw refusal(
      file,
      `its array “${name}” has ${data.length} bytes, but its shape and type promise ${count * bytes}`,
    );
  if (type === FLOAT && IS_LITTLE_ENDIAN)
    return { kind: 'constant', isInteger, shape, values: floatsIn(data), texts: undefined };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values: Numbers = isWide ? new Float64Array(count) : new Float32Array(count);
  for (let n = 0; n < count; n++) values[n] = read(view, n * bytes);
  return { kind: 'constant', isInteger, shape, values, texts: undefined };
}

/** Copies only if the bytes are not aligned to floats: weights may fill half of the memory. */
function floatsIn(data: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Float32Array(buffer, byteOffset, length / 4);
}

function typeOf(name: string, type: number, file: string): ElementType {
  const found = TYPES[type];
  if (!found)
    throw refusal(
      file,
      `its array “${name}” has numbers of a type that cannot be used (number ${type} in ONNX's list): floats ` +
        'or integers of at least 8 bits are expected',
    );
  return found;
}

function checkedCount(name: string, shape: readonly number[], file: string): number {
  if (shape.length > MAX_DIMENSIONS)
    throw refusal(file, `its array “${name}” has more than ${MAX_DIMENSIONS} dimensions`);
  const count = countOf(shape);
  if (count > MAX_NUMBERS)
    throw refusal(file, `its array “${name}” has ${count} numbers: expected at most ${MAX_NUMBERS}`);
  return count;
}

function keyAndValue(message: Uint8Array): [string, string] {
  const { key, value } = entryOf(message);
  return [key, value];
}

function bytesOfNumber(integer: bigint, width: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, integer, true);
  return new Uint8Array(view.buffer, 0, width);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = chunks;
  if (others.length === 0) return first!;
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
