// Converts arrays of numbers to IDX files, so that the same images have the same hash in every format.
import { StudioError } from '../../../../src-shared/errors';
import {
  checkHeader,
  DOUBLE,
  FLOAT,
  imageSize,
  INT,
  SIGNED_BYTE,
  UNSIGNED_BYTE,
  type Content,
} from '../idx/idx-header';
import type { IdxFile } from '../idx/read-idx';

export interface NumberArray {
  /** For error messages: “x_train in mnist.npz”. */
  name: string;
  shape: number[];
  /** In row-major order. */
  values: TypedArray;
}

export type TypedArray =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** Tolerance for bytes divided by 255 in float16 or a higher precision. */
const ROUNDING = 0.1;

/**
 * The same numbers as an IDX file: as bytes if all fit, otherwise as the smallest type that holds them.
 * @param unit whether the pixels are bytes divided by 255, as isUnit finds for all image arrays
 * Throws not-idx, too-large.
 */
export function idxFile(array: NumberArray, content: Content, unit = false): IdxFile {
  const { name, values } = array;
  const dimensions = content === 'images' ? asImages(array.shape) : asLabels(array.shape);
  const type = unit ? UNSIGNED_BYTE : typeOf(values);
  checkHeader(name, content, { type, dimensions });
  return { name, packedHash: '', type, dimensions, values: unit ? unitBytes(values) : encoded(values, type) };
}

/** Whether these are bytes divided by 255, which can be converted back without loss. */
export function isUnit({ values }: NumberArray): boolean {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return false;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]! * 255;
    if (!(value >= 0 && value <= 255 + ROUNDING && Math.abs(value - Math.round(value)) < ROUNDING)) return false;
  }
  return true;
}

/** [count, rows, columns] as in IDX files, if these are gray images. */
function asImages(shape: number[]): number[] {
  const size = imageSize(shape);
  return size ? [shape[0]!, size.rows, size.columns] : shape;
}

/** Turns a single column into a list. */
function asLabels(shape: number[]): number[] {
  return shape.length === 2 && shape[1] === 1 ? [shape[0]!] : shape;
}

function typeOf(values: TypedArray): number {
  if (values instanceof Uint8Array || within(values, 0, 255)) return UNSIGNED_BYTE;
  if (values instanceof Int8Array) return SIGNED_BYTE;
  if (values instanceof Float32Array) return FLOAT;
  return values instanceof Float64Array && !within(values, -(2 ** 31), 2 ** 31 - 1) ? DOUBLE : INT;
}

function within(values: TypedArray, lowest: number, highest: number): boolean {
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (!(value >= lowest && value <= highest) || !Number.isInteger(value)) return false;
  }
  return true;
}

function unitBytes(values: TypedArray): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let k = 0; k < values.length; k++) bytes[k] = Math.round(values[k]! * 255);
  return bytes;
}

/** Big-endian, in the memory of the values if their type stays the same. */
function encoded(values: TypedArray, type: number): Uint8Array {
  if (type === UNSIGNED_BYTE) return values instanceof Uint8Array ? values : Uint8Array.from(values);
  const numbers = type === INT ? (values instanceof Int32Array ? values : Int32Array.from(values)) : values;
  const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  if (type === INT || type === FLOAT) bytes.swap32();
  if (type === DOUBLE) bytes.swap64();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @param reason half a sentence, without a full stop */
export function arrayRefusal(name: string, reason: string): StudioError {
  return new StudioError('file-unreadable', `${name} cannot be read: ${reason}.`);
}
