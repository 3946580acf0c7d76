// Reads NumPy's .npy from memory: plain arrays of numbers and texts. Never unpickles objects, which could run code.
// Datasets have a reader of their own (trainer/data/sources/read-npy.ts): it streams pixels, this one converts to
// float32. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { transposed } from '../save/transposed';
import { LONGEST_NPY_HEADER, npyHeaderLength, parseNpyHeader, type NpyHeader } from './npy-header';
import { once, type FileArray } from '../arrays/file-array';
import { countOf, refusal } from '../open/imported-network';
import { isFloat, toFloat32, type NumberType } from '../open/number-types';

const LONGEST_TEXT = 4_000_000;
const NUMBERS: Readonly<Record<string, NumberType>> = {
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
};

/** @param name of the array @param file that contains it, for error messages. Throws file-unreadable. */
export function readNpy(bytes: Uint8Array, name: string, file: string): FileArray & { text: () => string | undefined } {
  const { header, data } = splitHeader(bytes, name, file);
  const { shape, littleEndian } = header;
  const other = { name, shape, numbers: (): Float32Array => notNumbers(name, file), text: () => undefined };
  // Records with several fields, dates and the like.
  if (header.type === undefined) return { ...other, type: 'records', kind: 'other' };
  const [letter, size] = [header.type[0]!, header.type.slice(1)];
  if (letter === 'O') return { ...other, type: 'object', kind: 'objects' };
  if (letter === 'U' || letter === 'S') {
    const decode =
      letter === 'U'
        ? () => readText(data, Number(size), littleEndian, name, file)
        : () => new TextDecoder('latin1').decode(data).replace(/\0+$/, '');
    return { ...other, type: 'text', kind: 'text', text: () => (countOf(shape) === 1 ? decode() : undefined) };
  }
  const type = NUMBERS[header.type];
  if (!type) return { ...other, type: letter === 'f' ? `float${8 * Number(size)}` : header.type, kind: 'other' };
  const numbers = once(() => {
    const values = toFloat32({ name, type, bytes: data, count: countOf(shape), littleEndian }, file);
    // An array stored by columns is its transpose stored by rows.
    return header.columnMajor && shape.length === 2 ? transposed(values, shape[1]!, shape[0]!) : values;
  });
  return { ...other, type, kind: isFloat(type) ? 'float' : 'integer', numbers };
}

function notNumbers(name: string, file: string): never {
  throw refusal(file, `its array “${name}” is not a plain array of numbers`);
}

function splitHeader(bytes: Uint8Array, name: string, file: string): { header: NpyHeader; data: Uint8Array } {
  const length = npyHeaderLength(bytes);
  if (length === undefined) throw refusal(file, `its array “${name}” is not a NumPy array of a known version`);
  if (length > LONGEST_NPY_HEADER || length > bytes.length)
    throw refusal(file, `the header of its array “${name}” is longer than the array, or longer than allowed`);
  const header = parseNpyHeader(bytes.subarray(0, length));
  if (!header) throw refusal(file, `its array “${name}” is not a plain array of numbers`);
  return { header, data: bytes.subarray(length) };
}

/** Decodes UTF-32. @param length in characters */
function readText(data: Uint8Array, length: number, littleEndian: boolean, name: string, file: string): string {
  if (length > LONGEST_TEXT || data.length !== 4 * length)
    throw refusal(file, `its text “${name}” does not have the length that its header gives, or is too long`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let text = '';
  for (let i = 0; i < length; i++) {
    const codePoint = view.getUint32(4 * i, littleEndian);
    if (codePoint > 0x10ffff) throw refusal(file, `its text “${name}” contains an invalid character`);
    text += String.fromCodePoint(codePoint);
  }
  return text;
}
