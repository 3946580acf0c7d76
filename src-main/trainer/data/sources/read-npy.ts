// Reads NumPy arrays of numbers in chunks. Allocates no more memory than the array needs.
import { StudioError } from '../../../../src-shared/errors';
import { fromFloat16 } from '../../../files/float16';
import {
  LONGEST_NPY_HEADER,
  NPY_START,
  npyHeaderLength,
  parseNpyHeader,
  type NpyHeader,
} from '../../../formats/npy/npy-header';
import { ByteReader } from '../../../files/archive/byte-reader';
import { bytesInWords } from '../number-words';
import { arrayRefusal, type NumberArray, type TypedArray } from './number-array';

/** Bytes. All 70,000 images of MNIST as float64 have 439 MB. */
const LARGEST_ARRAY = 2 ** 30;
/** Bytes of one number. */
const WIDTHS: Readonly<Record<string, number>> = {
  b1: 1,
  u1: 1,
  i1: 1,
  u2: 2,
  i2: 2,
  f2: 2,
  u4: 4,
  i4: 4,
  f4: 4,
  u8: 8,
  i8: 8,
  f8: 8,
};

/**
 * @param name for error messages
 * @param bytes of the whole file; Infinity if unknown
 * @param most number of first images or labels to read, or as many as `bytes` has; if undefined, all
 * Throws file-unreadable, file-truncated, too-large.
 */
export async function readNpy(
  name: string,
  bytes: number,
  portions: AsyncIterable<Uint8Array>,
  most?: number,
): Promise<NumberArray> {
  const cutOff = () =>
    new StudioError(
      'file-truncated',
      `${name} is cut off: it ends before its last number. Please download or copy the file again.`,
    );
  const reader = new ByteReader(portions, cutOff);
  try {
    const array = await readArray(name, bytes, reader, cutOff, most);
    // Archives compare their checksum only at the end.
    if (most !== undefined || (await reader.isAtEnd())) return array;
  } finally {
    await reader.close();
  }
  throw arrayRefusal(name, 'there is more after the last number of its array. Please save one array in each file');
}

async function readArray(
  name: string,
  bytes: number,
  reader: ByteReader,
  cutOff: () => StudioError,
  most: number | undefined,
): Promise<NumberArray> {
  const start = (await reader.read(NPY_START))!;
  const length = npyHeaderLength(start);
  if (length === undefined || length < NPY_START || length > LONGEST_NPY_HEADER)
    throw arrayRefusal(name, 'it is not a NumPy array. Please save it again with numpy.savez');
  const rest = (await reader.read(length - NPY_START))!;
  const whole = parseNpyHeader(Buffer.concat([start, rest]));
  const width = WIDTHS[whole?.type ?? ''];
  if (!whole || width === undefined) throw notNumbers(name, whole);
  if (whole.shape.length === 0)
    throw arrayRefusal(
      name,
      'it is a single number, and a number or an image for each example was expected. Please save an array',
    );
  const header = most === undefined ? whole : firstOf(whole, most, (bytes - length) / width);
  const size = header.shape.reduce((product, side) => product * side, width);
  if (size > LARGEST_ARRAY) {
    throw new StudioError(
      'too-large',
      `${name} has the shape [${header.shape.join(', ')}], which are ${bytesInWords(size)}: expected at most ` +
        `${bytesInWords(LARGEST_ARRAY)}. Please save it as uint8.`,
    );
  }
  if (length + size > bytes) throw cutOff();
  const content = new Uint8Array(size);
  let at = 0;
  reader.begin(size);
  for await (const portion of reader.chunks(size)) {
    content.set(portion, at);
    at += portion.length;
  }
  const values = typed(content, header, width);
  return { name, shape: header.shape, values: header.columnMajor ? rowMajor(values, header.shape) : values };
}

/** @param numbers available numbers. In column-major order all are read: the first numbers are not whole images. */
function firstOf(header: NpyHeader, most: number, numbers: number): NpyHeader {
  const [count = 0, ...sides] = header.shape;
  const each = sides.reduce((product, side) => product * side, 1);
  return {
    ...header,
    shape: [
      header.columnMajor && sides.length > 0 ? count : Math.min(count, most, Math.floor(numbers / each)),
      ...sides,
    ],
  };
}

function notNumbers(name: string, header: NpyHeader | undefined): StudioError {
  const isText = /^[US]/.test(header?.type ?? '');
  const found = isText ? 'texts' : 'Python objects, which could be programs and are not opened';
  return new StudioError(
    'file-unreadable',
    `${name} holds ${found}: expected numbers. Please save it as numbers, in NumPy with ` +
      `.astype("${isText ? 'int32' : 'uint8'}").`,
  );
}

/** Assumes a little-endian machine: this app runs on no other. */
function typed(content: Uint8Array, { type, littleEndian }: NpyHeader, width: number): TypedArray {
  if (!littleEndian && width > 1) swap(content, width);
  const { buffer } = content;
  const views: Record<string, () => TypedArray> = {
    b1: () => content,
    u1: () => content,
    i1: () => new Int8Array(buffer),
    u2: () => new Uint16Array(buffer),
    i2: () => new Int16Array(buffer),
    f2: () => Float32Array.from(new Uint16Array(buffer), fromFloat16),
    u4: () => new Uint32Array(buffer),
    i4: () => new Int32Array(buffer),
    f4: () => new Float32Array(buffer),
    u8: () => fromInt64(new Uint32Array(buffer), new Uint32Array(buffer)),
    i8: () => fromInt64(new Uint32Array(buffer), new Int32Array(buffer)),
    f8: () => new Float64Array(buffer),
  };
  return views[type!]!();
}

function swap(content: Uint8Array, width: number): void {
  const bytes = Buffer.from(content.buffer);
  if (width === 2) bytes.swap16();
  else if (width === 4) bytes.swap32();
  else bytes.swap64();
}

/** Converts 64-bit integers in place. @param low and high two views of the same memory */
function fromInt64(low: Uint32Array, high: Uint32Array | Int32Array): Float64Array {
  const numbers = new Float64Array(low.buffer);
  for (let k = 0; k < numbers.length; k++) numbers[k] = high[2 * k + 1]! * 2 ** 32 + low[2 * k]!;
  return numbers;
}

/** Reorders column-major values, whose first index changes fastest. */
function rowMajor<T extends TypedArray>(values: T, shape: readonly number[]): T {
  const [count = 0, ...sides] = shape;
  const size = sides.reduce((product, side) => product * side, 1);
  const positions = Array.from({ length: size }, (_, position) => count * columnMajorPosition(position, sides));
  const ordered = values.slice() as T;
  for (let i = 0; i < count; i++) for (let k = 0; k < size; k++) ordered[i * size + k] = values[i + positions[k]!]!;
  return ordered;
}

/** Column-major position of the number at this row-major position. */
function columnMajorPosition(position: number, sides: readonly number[]): number {
  let rest = position;
  let result = 0;
  for (let d = sides.length - 1; d >= 0; d--) {
    const index = rest % sides[d]!;
    rest = Math.floor(rest / sides[d]!);
    result += index * sides.slice(0, d).reduce((product, side) => product * side, 1);
  }
  return result;
}
