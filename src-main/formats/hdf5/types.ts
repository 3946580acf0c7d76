// Reads the shapes and types of datasets and attributes.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (IV.A.2.b, IV.A.2.d)
import type { NumberType } from '../open/number-types';
import type { Hdf5Bytes } from './hdf5-bytes';

/** `name` is for error messages. */
export type Hdf5Type =
  | { kind: 'float'; name: NumberType; bytes: number; littleEndian: boolean }
  | { kind: 'integer'; name: string; bytes: number; littleEndian: boolean }
  | { kind: 'text'; name: string; bytes: number }
  | { kind: 'variable-text'; name: string; bytes: number }
  | { kind: 'other'; name: string; bytes: number };

/** By precision, mantissa bits, exponent bits and bias. */
const FLOATS: Readonly<Record<string, NumberType>> = {
  '16 10 5 15': 'float16',
  '16 7 8 127': 'bfloat16',
  '32 23 8 127': 'float32',
  '64 52 11 1023': 'float64',
};
const OTHERS: Readonly<Record<number, string>> = {
  2: 'time',
  4: 'bits',
  5: 'opaque',
  6: 'records',
  7: 'references',
  8: 'names',
  10: 'arrays',
};
const MAX_DIMENSIONS = 32;
const NULL_SPACE = 2;

export function readShape(bytes: Hdf5Bytes, start: number): number[] {
  const version = bytes.uint8(start);
  const sides = bytes.uint8(start + 1);
  if ((version !== 1 && version !== 2) || sides > MAX_DIMENSIONS) throw bytes.damaged();
  if (version === 2 && bytes.uint8(start + 3) === NULL_SPACE) return [0];
  const first = start + (version === 1 ? 8 : 4);
  return Array.from({ length: sides }, (_, d) => bytes.uint64(first + 8 * d));
}

export function readType(bytes: Hdf5Bytes, start: number): Hdf5Type {
  const kind = bytes.uint8(start) & 15;
  const bits = bytes.uint8(start + 1);
  const size = bytes.uint32(start + 4);
  const littleEndian = (bits & 1) === 0;
  switch (kind) {
    case 0:
      return { kind: 'integer', name: `${bits & 8 ? 'int' : 'uint'}${8 * size}`, bytes: size, littleEndian };
    case 1:
      return readFloat(bytes, start, size, littleEndian);
    case 3:
      return { kind: 'text', name: 'text', bytes: size };
    case 9:
      return { kind: (bits & 15) === 1 ? 'variable-text' : 'other', name: 'text', bytes: size };
    default:
      return { kind: 'other', name: OTHERS[kind] ?? 'unknown', bytes: size };
  }
}

function readFloat(bytes: Hdf5Bytes, start: number, size: number, littleEndian: boolean): Hdf5Type {
  const precision = bytes.uint16(start + 10);
  const exponentBits = bytes.uint8(start + 13);
  const mantissaBits = bytes.uint8(start + 15);
  const bias = bytes.uint32(start + 16);
  const isVaxOrder = (bytes.uint8(start + 1) & 0x40) !== 0;
  const name = isVaxOrder ? undefined : FLOATS[`${precision} ${mantissaBits} ${exponentBits} ${bias}`];
  if (!name || precision !== 8 * size) return { kind: 'other', name: `float of ${precision} bits`, bytes: size };
  return { kind: 'float', name, bytes: size, littleEndian };
}
