// Shapes of features before they are flattened, and which number of a layer's variables belongs to which feature.
import { countOf, stridesOf } from '../open/imported-network';
import { asArray, asNumbers, type Config } from './config-values';

const MAX_FEATURES = 2 ** 18;

/** Rows, columns and so on, without the batch axis. If undefined, the file does not say. */
export type Shape = readonly number[] | undefined;

/**
 * Expands numbers for some axes of a shape to one number per feature, row by row.
 * @param axes indices of dimensions of the shape, ascending
 * @returns undefined if the count of numbers does not match these axes
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

/** Permutes the axes of the features. @param axes the old axis of each new axis */
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

/** The input shape that the configuration of a layer states. */
export function inputShapeOf(config: Config): Shape {
  const given = asArray(config['batch_shape'] ?? config['batch_input_shape']);
  const sides = asNumbers(given?.slice(1));
  return sides && isShape(sides) ? sides : undefined;
}

export function isShape(sides: readonly number[]): boolean {
  return (
    sides.length > 0 && sides.every((side) => Number.isInteger(side) && side > 0) && countOf(sides) <= MAX_FEATURES
  );
}
