// Reads the numbers of an IDX file, of any type.
import type { IdxValues } from './idx';
import { DOUBLE, FLOAT, INT, SHORT, SIGNED_BYTE, UNSIGNED_BYTE } from './idx-header';

type Read = (view: DataView, at: number) => number;

const READERS: Record<number, [width: number, read: Read]> = {
  [UNSIGNED_BYTE]: [1, (view, at) => view.getUint8(at)],
  [SIGNED_BYTE]: [1, (view, at) => view.getInt8(at)],
  [SHORT]: [2, (view, at) => view.getInt16(at)],
  [INT]: [4, (view, at) => view.getInt32(at)],
  [FLOAT]: [4, (view, at) => view.getFloat32(at)],
  [DOUBLE]: [8, (view, at) => view.getFloat64(at)],
};

/** The number of values, and a function that reads the value at a position. */
export function numbersOf({ type, values }: IdxValues): { length: number; at: (position: number) => number } {
  const [width, read] = READERS[type]!;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  return { length: values.length / width, at: (position) => read(view, position * width) };
}

export function isWhole(type: number): boolean {
  return type !== FLOAT && type !== DOUBLE;
}
