// Constant folding: evaluates nodes whose inputs are all constants, mostly shapes and transposed or converted weights.
import { countOf, stridesOf } from '../open/imported-network';
import { CONSTANT_ARITHMETIC, foldedUnary, type ConstantOperator } from './constant-arithmetic';
import { castConstant, castLike } from './cast';
import type { Operation } from './operation';
import { changedShape, permutationOf } from './shapes';
import {
  axisOf,
  broadcastIndices,
  broadcastShape,
  constant,
  emptyLike,
  integers,
  walk,
  withDimension,
  type Tensor,
} from './tensor';

const OPERATORS: Record<string, ConstantOperator> = {
  ...CONSTANT_ARITHMETIC,
  Constant: constantNode,
  Identity: (operation) => operation.constant(0),
  Cast: (operation) => castConstant(operation, operation.constant(0), operation.integer('to', 0)),
  CastLike: (operation) => castLike(operation, operation.constant(0), operation.constant(1).isInteger),
  Shape: (operation) => shapeOf(operation, operation.constant(0).shape),
  Size: (operation) => constant([], Float64Array.of(countOf(operation.constant(0).shape)), true),
  ConstantOfShape: (operation) => {
    const shape = [...operation.constant(0).values];
    const value = operation.tensor('value');
    if (shape.some((side) => side < 0)) throw operation.refuse('creates a constant with a negative dimension');
    operation.take(countOf(shape));
    return constant(shape, new Float64Array(countOf(shape)).fill(value?.values[0] ?? 0), value?.isInteger ?? false);
  },
  Expand: (operation) => {
    const { shape, values, isInteger } = operation.constant(0);
    const sides = broadcastShape(shape, [...operation.constant(1).values]);
    if (!sides) throw operation.refuse('expands a constant to a shape that does not match');
    operation.take(countOf(sides));
    return constant(sides, pick(values, broadcastIndices(shape, sides)), isInteger);
  },
  Range: (operation) => {
    const [start, limit, step] = [0, 1, 2].map((index) => operation.constant(index).values[0] ?? 0) as [
      number,
      number,
      number,
    ];
    const count = Math.max(0, Math.ceil((limit - start) / step));
    operation.take(count);
    return constant(
      [count],
      Float64Array.from({ length: count }, (_, n) => start + n * step),
      operation.constant(0).isInteger,
    );
  },
  Transpose: (operation) => {
    const { shape, values, isInteger } = operation.constant(0);
    const permutation = permutationOf(operation, shape.length);
    const strides = stridesOf(shape);
    const sides = permutation.map((axis) => shape[axis]!);
    operation.take(values.length);
    return constant(
      sides,
      pick(
        values,
        walk(
          sides,
          permutation.map((axis) => strides[axis]!),
        ),
      ),
      isInteger,
    );
  },
  Gather: (operation) => {
    const { shape, values, isInteger } = operation.constant(0);
    const indices = operation.constant(1);
    const axis = axisOf(operation.integer('axis', 0), shape.length);
    const chosen =
      axis === undefined ? [undefined] : Array.from(indices.values, (index) => axisOf(index, shape[axis]!));
    if (axis === undefined || chosen.includes(undefined))
      throw operation.refuse('takes elements that its input does not have');
    const [outer, inner] = [countOf(shape.slice(0, axis)), countOf(shape.slice(axis + 1))];
    operation.take(outer * chosen.length * inner);
    const places = Int32Array.from({ length: outer * chosen.length * inner }, (_, n) => {
      const row = Math.floor(n / inner);
      return (Math.floor(row / chosen.length) * shape[axis]! + chosen[row % chosen.length]!) * inner + (n % inner);
    });
    return constant(
      [...shape.slice(0, axis), ...indices.shape, ...shape.slice(axis + 1)],
      pick(values, places),
      isInteger,
    );
  },
  Slice: (operation) => {
    const { shape, values, isInteger } = operation.constant(0);
    const { sides, starts, steps } = sliceOf(operation, shape);
    const strides = stridesOf(shape);
    operation.take(countOf(sides));
    const start = starts.reduce((sum, first, axis) => sum + first * strides[axis]!, 0);
    return constant(
      sides,
      pick(
        values,
        walk(
          sides,
          strides.map((stride, axis) => stride * steps[axis]!),
          start,
        ),
      ),
      isInteger,
    );
  },
  Concat: (operation) => {
    const tensors = operation.inputs.map((_, index) => operation.constant(index));
    const first = tensors[0];
    const axis = first && axisOf(operation.integer('axis', 0), first.shape.length);
    const others = (shape: readonly number[]) => shape.filter((_, at) => at !== axis).join();
    if (
      !first ||
      axis === undefined ||
      tensors.some(({ shape }) => shape.length !== first.shape.length || others(shape) !== others(first.shape))
    ) {
      throw operation.refuse('concatenates constants whose shapes do not match');
    }
    operation.take(tensors.reduce((sum, { values }) => sum + values.length, 0));
    const outer = countOf(first.shape.slice(0, axis));
    const joined = new Float64Array(tensors.reduce((sum, { values }) => sum + values.length, 0));
    let at = 0;
    for (let row = 0; row < outer; row++) {
      for (const { values } of tensors) {
        const width = values.length / outer;
        joined.set(values.subarray(row * width, (row + 1) * width), at);
        at += width;
      }
    }
    const side = tensors.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    return constant(
      withDimension(first.shape, axis, side),
      joined,
      tensors.every(({ isInteger }) => isInteger),
    );
  },
};

/**
 * Evaluated once per node, however often the graph is evaluated.
 * @returns undefined if the operator is not supported for constants
 */
export function foldedConstant(operation: Operation): Tensor | undefined {
  const { node, inputs, context } = operation;
  const before = context.folded.get(node);
  // The inputs may be shapes, which differ between the interpretations of the graph's input.
  if (before && before.inputs.every((value, index) => value === inputs[index])) return before.value;
  const value = computedConstant(operation);
  const dependsOnCall = [...node.attributes.values()].some(({ reference }) => reference !== undefined);
  if (value && !dependsOnCall) context.folded.set(node, { inputs, value });
  return value;
}

function computedConstant(operation: Operation): Tensor | undefined {
  const { operator } = operation.node;
  if (Object.hasOwn(OPERATORS, operator)) return OPERATORS[operator]!(operation);
  const first = operation.inputs[0];
  const shape = first?.kind === 'constant' ? changedShape(operation, first.shape) : undefined;
  return shape ? { ...operation.constant(0), shape } : foldedUnary(operation);
}

/** A Constant node may store its value in several attributes. */
function constantNode(operation: Operation): Tensor {
  const [float, integer] = [operation.float('value_float', NaN), operation.integer('value_int', NaN)];
  const texts = operation.texts('value_strings');
  const tensor = operation.tensor('value');
  if (tensor) return tensor;
  if (operation.has('value_float')) return constant([], Float64Array.of(float));
  if (operation.has('value_int')) return constant([], Float64Array.of(integer), true);
  if (operation.has('value_ints')) return integers(operation.integers('value_ints')!);
  if (operation.has('value_floats')) {
    const floats = Float64Array.from(operation.floats('value_floats')!);
    return constant([floats.length], floats);
  }
  if (texts) return { ...constant([texts.length], new Float64Array()), texts };
  throw operation.refuse('stores a constant in a form that cannot be used');
}

/** The operator Shape with its attributes start and end, for constants and signals. */
export function shapeOf(operation: Operation, shape: readonly number[]): Tensor {
  return integers(
    shape.slice(operation.integer('start', 0), operation.has('end') ? operation.integer('end', 0) : undefined),
  );
}

interface Slice {
  sides: number[];
  starts: number[];
  steps: number[];
}

/** Starts, ends, axes and steps are attributes before operator set 10, inputs since. */
export function sliceOf(operation: Operation, shape: readonly number[]): Slice {
  const [starts, ends] = [operation.integersOf('starts', 1), operation.integersOf('ends', 2)];
  const steps = operation.integersOf('steps', 4);
  const result: Slice = { sides: [...shape], starts: shape.map(() => 0), steps: shape.map(() => 1) };
  const axes = operation.integersOf('axes', 3) ?? starts?.map((_, axis) => axis);
  for (const [n, named] of (axes ?? []).entries()) {
    const axis = axisOf(named, shape.length);
    const [start, end, step] = [starts?.[n], ends?.[n], steps?.[n] ?? 1];
    if (axis === undefined || start === undefined || end === undefined || !Number.isInteger(step) || step === 0) {
      throw operation.refuse('slices its input along an unknown axis, or without a start, an end or a step');
    }
    const side = shape[axis]!;
    const bound = (place: number) =>
      Math.min(Math.max(place < 0 ? place + side : place, step > 0 ? 0 : -1), step > 0 ? side : side - 1);
    result.starts[axis] = bound(start);
    // Backwards, an end far below zero stands for “up to the first element”, which bound() makes −1.
    result.sides[axis] = Math.max(0, Math.ceil((bound(end) - bound(start)) / step));
    result.steps[axis] = step;
  }
  return result;
}

function pick(values: Tensor['values'], places: Int32Array): Tensor['values'] {
  const result = emptyLike(values, places.length);
  for (let n = 0; n < places.length; n++) result[n] = values[places[n]!]!;
  return result;
}
