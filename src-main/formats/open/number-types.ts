// Decodes numbers of the types that files use to float32.
import { fromFloat16 } from '../../files/float16';
import { refusal } from './imported-network';

export type FloatType = 'float16' | 'bfloat16' | 'float32' | 'float64';
export type IntegerType = 'bool' | 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64';
export type NumberType = FloatType | IntegerType;

const BYTES: Record<NumberType, number> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
};

export function isFloat(type: NumberType): type is FloatType {
  return type === 'bfloat16' || type.startsWith('float');
}

/** An array of a file, converted to float32. */
export interface NumberArray {
  name: string;
  /** Row by row. */
  shape: readonly number[];
  values: Float32Array;
}

/** The largest layer that can be used: 256 × 256 pixels, 2,048 units. */
export const MAX_NUMBERS = 1 << 27;

interface Encoded {
  /** The array's name, for error messages. */
  name: string;
  type: NumberType;
  bytes: Uint8Array;
  /** How many numbers the shape promises. */
  count: number;
  littleEndian: boolean;
}

/** Rounds float64 to the nearest float32. Throws file-unreadable if the length is wrong or a number is not finite. */
export function toFloat32({ name, type, bytes, count, littleEndian }: Encoded, file: string): Float32Array {
  const width = BYTES[type];
  if (count > MAX_NUMBERS)
    throw refusal(file, `its array “${name}” has ${count} numbers: expected at most ${MAX_NUMBERS}`);
  if (bytes.length !== count * width) {
    throw refusal(
      file,
      `its array “${name}” has ${bytes.length} bytes, but its shape and type promise ${count * width}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: Record<NumberType, (at: number) => number> = {
    float16: (at) => fromFloat16(view.getUint16(at, littleEndian)),
    bfloat16: (at) => fromBfloat16(view.getUint16(at, littleEndian)),
    float32: (at) => view.getFloat32(at, littleEndian),
    float64: (at) => view.getFloat64(at, littleEndian),
    bool: (at) => view.getUint8(at),
    int8: (at) => view.getInt8(at),
    uint8: (at) => view.getUint8(at),
    int16: (at) => view.getInt16(at, littleEndian),
    uint16: (at) => view.getUint16(at, littleEndian),
    int32: (at) => view.getInt32(at, littleEndian),
    uint32: (at) => view.getUint32(at, littleEndian),
    int64: (at) => Number(view.getBigInt64(at, littleEndian)),
    uint64: (at) => Number(view.getBigUint64(at, littleEndian)),
  };
  const readOne = read[type];
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = readOne(i * width);
  if (!values.every(Number.isFinite))
    throw refusal(
      file,
      `its array “${name}” holds NaN, infinity or a number too large for float32: only finite weights ` + 'can be used',
    );
  return values;
}

/** The bits are the upper half of a float32. */
export function fromBfloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits * 0x10000);
  return view.getFloat32(0);
}
