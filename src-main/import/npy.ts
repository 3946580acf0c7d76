// Reads NumPy's .npy: plain arrays of floats and texts. Pickled objects are programs, and are never opened.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { countOf, refusal, type NumberArray } from './imported-network';
import { transposed } from '../export/transposed';
import { toFloat32, type NumberType } from './number-types';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const LONGEST_HEADER = 65_536;
const LONGEST_TEXT = 4_000_000;
const FLOATS: Record<string, NumberType> = { f2: 'float16', f4: 'float32', f8: 'float64' };

export type NpyContent = ({ kind: 'numbers'; type: NumberType } & NumberArray) | { kind: 'text'; text: string } | { kind: 'other'; type: string; shape: number[] };

/** @param name of the array @param file that holds it, for sentences. Throws file-unreadable. */
export function readNpy(bytes: Uint8Array, name: string, file: string): NpyContent {
  const { header, data } = splitHeader(bytes, name, file);
  const type = /'descr': *'([<>|=]?)([A-Za-z])(\d*)'/.exec(header);
  const order = /'fortran_order': *(True|False)/.exec(header)?.[1];
  const sides = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  if (!type || order === undefined || sides === undefined) throw refusal(file, `its array “${name}” is not a plain array of numbers`);
  const [, byteOrder, kind, size] = type as unknown as [string, string, string, string];
  if (kind === 'O') throw refusal(file, `its array “${name}” holds Python objects, which could be programs and are not opened: expected floats`);
  const shape = sides.split(',').filter((side) => side.trim() !== '').map(Number);
  const littleEndian = byteOrder !== '>';
  if (kind === 'U' && shape.length === 0) return { kind: 'text', text: readText(data, Number(size), littleEndian, name, file) };
  const numberType = FLOATS[kind + size];
  if (!numberType || shape.length === 0) return { kind: 'other', type: kind + size, shape };

  const values = toFloat32({ name, type: numberType, bytes: data, count: countOf(shape), littleEndian }, file);
  // Column by column is the transposed array row by row.
  const inRows = order === 'True' && shape.length === 2 ? transposed(values, shape[1]!, shape[0]!) : values;
  if (order === 'True' && shape.length > 2) throw refusal(file, `its array “${name}” has the shape [${shape.join(', ')}], where at most two sides are expected`);
  return { kind: 'numbers', type: numberType, name, shape, values: inRows };
}

function splitHeader(bytes: Uint8Array, name: string, file: string): { header: string; data: Uint8Array } {
  const version = bytes[6];
  const isLong = version === 2 || version === 3;
  const prefix = isLong ? 12 : 10;
  if (bytes.length < prefix || MAGIC.some((byte, i) => bytes[i] !== byte) || (version !== 1 && !isLong)) throw refusal(file, `its array “${name}” is no NumPy array of a known version`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > LONGEST_HEADER || prefix + length > bytes.length) throw refusal(file, `the header of its array “${name}” is longer than the array, or than it may be`);
  return { header: new TextDecoder('latin1').decode(bytes.subarray(prefix, prefix + length)), data: bytes.subarray(prefix + length) };
}

/** UTF-32. */
function readText(data: Uint8Array, length: number, littleEndian: boolean, name: string, file: string): string {
  if (length > LONGEST_TEXT || data.length !== 4 * length) throw refusal(file, `its text “${name}” is not as long as its header says, or too long`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let text = '';
  for (let i = 0; i < length; i++) {
    const codePoint = view.getUint32(4 * i, littleEndian);
    if (codePoint > 0x10ffff) throw refusal(file, `its text “${name}” holds what is no character`);
    text += String.fromCodePoint(codePoint);
  }
  return text;
}
