// Reshape, Transpose and the like of a signal. Pixels of different images must not be mixed.
import { countOf, stridesOf } from '../open/imported-network';
import { imageShapeOf, type Signal } from './signal';
import { walk } from './tensor';

/** @param shape with as many elements as the signal @returns undefined if images would be mixed */
export function reshaped(signal: Signal, shape: readonly number[]): Signal | undefined {
  const batchAxis = batchAxisAfter(signal, shape);
  if (batchAxis === undefined && signal.batchAxis !== undefined && signal.shape[signal.batchAxis] !== 1)
    return undefined;
  return { ...signal, shape, batchAxis };
}

function batchAxisAfter({ shape, batchAxis }: Signal, result: readonly number[]): number | undefined {
  if (batchAxis === undefined) return undefined;
  const outer = countOf(shape.slice(0, batchAxis));
  let product = 1;
  for (const [axis, side] of result.entries()) {
    if (product === outer && side === shape[batchAxis]) return axis;
    product *= side;
  }
  return undefined;
}

/** @param permutation the old axis of each new one */
export function transposedSignal(signal: Signal, permutation: readonly number[]): Signal {
  const { batchAxis } = signal;
  const moved = {
    shape: permutation.map((axis) => signal.shape[axis]!),
    batchAxis: batchAxis === undefined ? undefined : permutation.indexOf(batchAxis),
  };
  const strides = stridesOf(imageShapeOf(signal));
  const imageAxes = permutation
    .filter((axis) => axis !== batchAxis)
    .map((axis) => (batchAxis !== undefined && axis > batchAxis ? axis - 1 : axis));
  const places = walk(
    imageShapeOf(moved),
    imageAxes.map((axis) => strides[axis]!),
  );
  const order = isInOrder(places) ? signal.order : places.map((place) => signal.order?.[place] ?? place);
  return { ...signal, ...moved, order };
}

function isInOrder(places: Int32Array): boolean {
  return places.every((place, n) => place === n);
}
