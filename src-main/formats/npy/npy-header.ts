// The header of NumPy's .npy: the element type, shape and memory order of the array.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html

const MAGIC = '\x93NUMPY';
/** Upper limit for the bytes before the numbers. */
export const LONGEST_NPY_HEADER = 65_536;
/** How many bytes are needed to know the length of the header. */
export const NPY_START = 12;

export interface NpyHeader {
  /** Such as u1, f4 or U3; O for Python objects. If undefined, it is a structured type, such as named columns. */
  type: string | undefined;
  littleEndian: boolean;
  /** True if the first index changes fastest (Fortran order). */
  columnMajor: boolean;
  shape: number[];
}

/**
 * @param start at least NPY_START bytes.
 * @returns the number of bytes before the numbers, which may exceed the limit; undefined if this is not an array of a
 * known version
 */
export function npyHeaderLength(start: Uint8Array): number | undefined {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  if (bytes.length < NPY_START || bytes.toString('latin1', 0, 6) !== MAGIC) return undefined;
  const version = bytes[6]!;
  if (version === 1) return 10 + bytes.readUInt16LE(8);
  return version === 2 || version === 3 ? 12 + bytes.readUInt32LE(8) : undefined;
}

/** @param header all bytes before the numbers. @returns undefined if it lacks the order or the shape */
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
