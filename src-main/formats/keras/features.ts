// Which number of a layer's variables belongs to which feature, where images are still images.
import { countOf, stridesOf } from '../open/imported-network';

/** Rows, columns and so on, without the batch. undefined: the file does not say. */
export type Shape = readonly number[] | undefined;

/**
 * One number per feature of this shape, row by row, out of one number per position of some of its axes.
 * @param axes as positions in the shape, ascending
 * @returns undefined if the numbers are not for these axes
 */
export function spread(
  values: ArrayLike<number>,
  shape: Shape,
  axes: readonly number[],
): ArrayLike<number> | undefined {
  if (values.length === 1) return values;
  if (!shape) return axes.length === 1 ? values : undefined;
  const sides = axes.map((axis) => shape[axis] ?? 0);
  if (values.length !== sides.reduce((product, side) => product * side, 1)) return undefined;
  const strides = stridesOf(shape);
  return Float64Array.from({ length: countOf(shape) }, (_, feature) => {
    const position = axes.reduce(
      (sum, axis, k) => sum * sides[k]! + (Math.floor(feature / strides[axis]!) % shape[axis]!),
      0,
    );
    return values[position]!;
  });
}

/** The same features with their axes in another order. @param axes from the new shape to the old */
export function transposedFeatures(
  shape: readonly number[],
  axes: readonly number[],
): { shape: number[]; order: number[] } {
  const strides = stridesOf(shape);
  const sides = axes.map((axis) => shape[axis]!);
  const newStrides = stridesOf(sides);
  const order = Array.from({ length: countOf(shape) }, (_, feature) =>
    axes.reduce((from, axis, k) => from + (Math.floor(feature / newStrides[k]!) % sides[k]!) * strides[axis]!, 0),
  );
  return { shape: sides, order };
}
