// Writes NumPy's .npy, version 1.0: a magic string, a Python dictionary as text, padding to 64 bytes, then the numbers.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { float32Bytes } from '../save/float32';

/** float32, little-endian, C order. @param shape such as [256, 784] @returns the header and a view of the numbers */
export function npyFloat32Parts(values: Float32Array, shape: readonly number[]): Uint8Array[] {
  return [npyHeader('<f4', shape), float32Bytes(values)];
}

/** A single text, which numpy.load returns as a 0-dimensional array: str(array) is the text. */
export function npyTextParts(text: string): Uint8Array[] {
  const codePoints = Array.from(text, (character) => character.codePointAt(0)!);
  const data = new DataView(new ArrayBuffer(codePoints.length * 4));
  codePoints.forEach((codePoint, i) => data.setUint32(4 * i, codePoint, true));
  return [npyHeader(`<U${codePoints.length}`, []), new Uint8Array(data.buffer)];
}

function npyHeader(type: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const prefixLength = 10;
  const textLength = Math.ceil((prefixLength + dictionary.length + 1) / 64) * 64 - prefixLength;
  const text = new TextEncoder().encode(`${dictionary.padEnd(textLength - 1)}\n`);
  return Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, textLength & 0xff, textLength >> 8, ...text);
}
