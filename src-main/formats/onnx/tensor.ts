// Constants of a graph: numbers or texts with a shape, and index arithmetic on shapes.
import { countOf, stridesOf } from '../open/imported-network';

export type Numbers = Float32Array | Float64Array;

export interface Tensor {
  kind: 'constant';
  isInteger: boolean;
  shape: readonly number[];
  /** Row by row. Empty if the tensor holds texts. */
  values: Numbers;
  texts: string[] | undefined;
}

export function constant(shape: readonly number[], values: Numbers, isInteger = false): Tensor {
  return { kind: 'constant', isInteger, shape, values, texts: undefined };
}

export function integers(values: readonly number[]): Tensor {
  return constant([values.length], Float64Array.from(values), true);
}

/** A new array of zeros with the same precision. */
export function emptyLike(values: Numbers, length: number): Numbers {
  return values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** The same shape with one dimension replaced. */
export function withDimension<Side>(shape: readonly Side[], axis: number, side: Side): Side[] {
  return shape.map((own, at) => (at === axis ? side : own));
}

/** @returns undefined if the shapes cannot be broadcast */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const sides = Array.from(
    { length: rank },
    (_, axis) => [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1] as const,
  );
  if (sides.some(([left, right]) => left !== right && left !== 1 && right !== 1)) return undefined;
  return sides.map(([left, right]) => (left === 1 ? right : left));
}

/** For each element of `to`, in row-major order, the index of the element of `from` that is broadcast to it. */
export function broadcastIndices(from: readonly number[], to: readonly number[]): Int32Array {
  const own = stridesOf(from);
  const steps = to.map((_, axis) => {
    const at = axis - to.length + from.length;
    return at < 0 || from[at] === 1 ? 0 : own[at]!;
  });
  return walk(to, steps);
}

/** The index of each element, in row-major order of the shape, in an array with these strides. */
export function walk(shape: readonly number[], strides: readonly number[], start = 0): Int32Array {
  const indices = new Int32Array(countOf(shape));
  const position = shape.map(() => 0);
  let index = start;
  for (let n = 0; n < indices.length; n++) {
    indices[n] = index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index += strides[axis]!;
      if (++position[axis]! < shape[axis]!) break;
      index -= strides[axis]! * shape[axis]!;
      position[axis] = 0;
    }
  }
  return indices;
}

/** @param axis may count from the end @returns undefined if there is no such axis */
export function axisOf(axis: number, rank: number): number | undefined {
  const positive = axis < 0 ? axis + rank : axis;
  return Number.isInteger(positive) && positive >= 0 && positive < rank ? positive : undefined;
}
