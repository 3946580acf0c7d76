// Constants of a graph: numbers or texts with a shape.
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

/** An empty array of the same precision. */
export function emptyLike(values: Numbers, length: number): Numbers {
  return values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** The same shape with another length of one side. */
export function withSide<Side>(shape: readonly Side[], axis: number, side: Side): Side[] {
  return shape.map((own, at) => (at === axis ? side : own));
}

/** @returns undefined if the shapes do not fit each other */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const sides = Array.from(
    { length: rank },
    (_, axis) => [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1] as const,
  );
  if (sides.some(([left, right]) => left !== right && left !== 1 && right !== 1)) return undefined;
  return sides.map(([left, right]) => (left === 1 ? right : left));
}

/** For each element of the larger shape, in row-major order, the index of the element that broadcasting puts there. */
export function broadcastIndices(from: readonly number[], to: readonly number[]): Int32Array {
  const own = stridesOf(from);
  const steps = to.map((_, axis) => {
    const at = axis - to.length + from.length;
    return at < 0 || from[at] === 1 ? 0 : own[at]!;
  });
  return walk(to, steps);
}

/** The index that each element has in an array with these strides, in row-major order of the shape. */
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

/** @param axis may count from the end @returns undefined if there is no such side */
export function axisOf(axis: number, rank: number): number | undefined {
  const positive = axis < 0 ? axis + rank : axis;
  return Number.isInteger(positive) && positive >= 0 && positive < rank ? positive : undefined;
}
