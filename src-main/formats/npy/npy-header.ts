// The header of NumPy's .npy: what kind of numbers the array has, in which shape and order.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

const MAGIC = '\x93NUMPY';
/** Of all bytes before the numbers. */
export const LONGEST_NPY_HEADER = 65_536;
/** From here on it is known how long the header is. */
export const NPY_START = 12;

export interface NpyHeader {
  /** Such as u1, f4, U3; O are objects of Python. undefined: a table with named columns, or the like. */
  type: string | undefined;
  littleEndian: boolean;
  /** Whether the first index changes fastest (Fortran's order). */
  columnMajor: boolean;
  shape: number[];
}

/**
 * @param start at least NPY_START bytes.
 * @returns how many bytes lie before the numbers, which may be too many; undefined if this is no array of a known
 * version
 */
export function npyHeaderLength(start: Uint8Array): number | undefined {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  if (bytes.length < NPY_START || bytes.toString('latin1', 0, 6) !== MAGIC) return undefined;
  const version = bytes[6]!;
  if (version === 1) return 10 + bytes.readUInt16LE(8);
  return version === 2 || version === 3 ? 12 + bytes.readUInt32LE(8) : undefined;
}

/** @param header all bytes before the numbers. @returns undefined if it does not say order and shape */
export function parseNpyHeader(header: Uint8Array): NpyHeader | undefined {
  const text = Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString('latin1');
  const type = /'descr': *'([<>|=]?)([A-Za-z]\d*)'/.exec(text);
  const order = /'fortran_order': *(True|False)/.exec(text)?.[1];
  const sides = /'shape': *\(([\d, ]*)\)/.exec(text)?.[1];
  if (order === undefined || sides === undefined) return undefined;
  const shape = sides
    .split(',')
    .filter((side) => side.trim() !== '')
    .map(Number);
  return { type: type?.[2], littleEndian: type?.[1] !== '>', columnMajor: order === 'True' && shape.length > 1, shape };
}
