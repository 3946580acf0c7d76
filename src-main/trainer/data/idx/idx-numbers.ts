// The numbers of an IDX file, whatever their type.
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

/** How many numbers there are, and the number at a place. */
export function numbersOf({ type, values }: IdxValues): { length: number; at: (place: number) => number } {
  const [width, read] = READERS[type]!;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  return { length: values.length / width, at: (place) => read(view, place * width) };
}

export function isWhole(type: number): boolean {
  return type !== FLOAT && type !== DOUBLE;
}
