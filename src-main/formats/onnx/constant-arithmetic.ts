// Constant folding of arithmetic: elementwise functions, reductions, matrix products and dequantization.
import { countOf, stridesOf } from '../open/imported-network';
import { BINARY, COMPARISONS, unaryOf, type Binary } from './elementwise';
import type { Operation } from './operation';
import { axisOf, broadcastIndices, broadcastShape, constant, walk, type Tensor } from './tensor';

export type ConstantOperator = (operation: Operation) => Tensor;

export const CONSTANT_ARITHMETIC: Record<string, ConstantOperator> = {
  ...fromEntries(BINARY, (operation, apply) => folded(operation, apply, undefined)),
  ...fromEntries(COMPARISONS, (operation, apply) => folded(operation, apply, true)),
  Sum: (operation) => folded(operation, BINARY['Add']!, undefined),
  Where: (operation) => {
    const [condition, yes, no] = [operation.constant(0), operation.constant(1), operation.constant(2)];
    const shape = [yes, no].reduce<readonly number[]>(
      (all, { shape: sides }) => fitted(operation, all, sides),
      condition.shape,
    );
    const [test, first, second] = [condition, yes, no].map((tensor) => elementsOf(operation, tensor, shape));
    const chosen = Float64Array.from({ length: countOf(shape) }, (_, n) => (test!(n) !== 0 ? first!(n) : second!(n)));
    return constant(shape, chosen, yes.isInteger && no.isInteger);
  },
  MatMul: (operation) => product(operation, operation.constant(0), operation.constant(1)),
  ReduceSum: (operation) => reduced(operation, (values) => values.reduce((sum, value) => sum + value, 0)),
  ReduceMean: (operation) =>
    reduced(operation, (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
  ReduceProd: (operation) => reduced(operation, (values) => values.reduce((all, value) => all * value, 1)),
  ReduceMax: (operation) =>
    reduced(operation, (values) => values.reduce((most, value) => Math.max(most, value), -Infinity)),
  ReduceMin: (operation) =>
    reduced(operation, (values) => values.reduce((least, value) => Math.min(least, value), Infinity)),
  ReduceL2: (operation) =>
    reduced(operation, (values) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))),
  ReduceSumSquare: (operation) => reduced(operation, (values) => values.reduce((sum, value) => sum + value * value, 0)),
  DequantizeLinear: dequantized,
};

/** @returns undefined if the operator is not a function of one number */
export function foldedUnary(operation: Operation): Tensor | undefined {
  const apply = unaryOf(operation);
  if (!apply) return undefined;
  const { shape, values, isInteger } = operation.constant(0);
  operation.take(values.length);
  return constant(shape, Float64Array.from(values, apply), isInteger);
}

function fromEntries(
  functions: Readonly<Record<string, Binary>>,
  make: (operation: Operation, apply: Binary) => Tensor,
): Record<string, ConstantOperator> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, apply]) => [name, (operation: Operation) => make(operation, apply)]),
  );
}

/**
 * Applies a function of two numbers from left to right.
 * @param isInteger if undefined, true if all inputs are integers
 */
function folded(operation: Operation, apply: Binary, isInteger: boolean | undefined): Tensor {
  let result = operation.constant(0);
  for (let index = 1; index < operation.inputs.length; index++) {
    const next = operation.constant(index);
    const areIntegers = isInteger ?? (result.isInteger && next.isInteger);
    const shape = fitted(operation, result.shape, next.shape);
    const [left, right] = [elementsOf(operation, result, shape), elementsOf(operation, next, shape)];
    const compute =
      areIntegers && operation.node.operator === 'Div' ? (a: number, b: number) => Math.trunc(a / b) : apply;
    result = constant(
      shape,
      Float64Array.from({ length: countOf(shape) }, (_, n) => compute(left(n), right(n))),
      areIntegers,
    );
  }
  return result;
}

function fitted(operation: Operation, a: readonly number[], b: readonly number[]): number[] {
  const shape = broadcastShape(a, b);
  if (!shape)
    throw operation.refuse(
      `combines constants of the shapes [${a.join(', ')}] and [${b.join(', ')}], which do not match`,
    );
  return shape;
}

/** Broadcasts a tensor. @returns its element at each index of the new shape, row by row */
function elementsOf(
  operation: Operation,
  { values, shape: own }: Tensor,
  shape: readonly number[],
): (n: number) => number {
  operation.take(countOf(shape));
  if (values.length === 1) return () => values[0]!;
  if (values.length === countOf(shape)) return (n) => values[n]!;
  const indices = broadcastIndices(own, shape);
  return (n) => values[indices[n]!]!;
}

/** The product of two matrices. */
function product(operation: Operation, a: Tensor, b: Tensor): Tensor {
  const [rows, inner] = a.shape;
  const [height, columns] = b.shape;
  if (a.shape.length !== 2 || b.shape.length !== 2 || inner !== height) {
    const shapes = `[${a.shape.join(', ')}] and [${b.shape.join(', ')}]`;
    throw operation.refuse(`multiplies constants of the shapes ${shapes}: expected two matrices that match`);
  }
  operation.take(rows! * columns!);
  operation.takeProducts(rows! * columns! * inner!);
  const values = new Float64Array(rows! * columns!);
  for (let row = 0; row < rows!; row++) {
    for (let k = 0; k < inner!; k++) {
      const factor = a.values[row * inner! + k]!;
      for (let column = 0; column < columns!; column++)
        values[row * columns! + column]! += factor * b.values[k * columns! + column]!;
    }
  }
  return constant([rows!, columns!], values, a.isInteger && b.isInteger);
}

function reduced(operation: Operation, reduce: (values: Float64Array) => number): Tensor {
  const { shape, values, isInteger } = operation.constant(0);
  const named = operation.integersOf('axes', 1);
  const keepsAll = !named?.length && operation.integer('noop_with_empty_axes', 0) === 1;
  if (keepsAll) return operation.constant(0);
  const axes = (named?.length ? named : shape.map((_, axis) => axis)).map((axis) => axisOf(axis, shape.length));
  if (axes.includes(undefined)) throw operation.refuse('names an axis that its input does not have');
  operation.take(values.length);
  const strides = stridesOf(shape);
  const isReduced = shape.map((_, axis) => axes.includes(axis));
  const starts = walk(
    shape.filter((_, axis) => !isReduced[axis]),
    strides.filter((_, axis) => !isReduced[axis]),
  );
  const offsets = walk(
    shape.filter((_, axis) => isReduced[axis]),
    strides.filter((_, axis) => isReduced[axis]),
  );
  const results = Float64Array.from(starts, (start) =>
    reduce(Float64Array.from(offsets, (offset) => values[start + offset]!)),
  );
  const keepsAxes = operation.integer('keepdims', 1) === 1;
  return constant(
    keepsAxes ? shape.map((side, axis) => (isReduced[axis] ? 1 : side)) : shape.filter((_, axis) => !isReduced[axis]),
    results,
    isInteger,
  );
}

/** Integer weights with one scale and zero point for all of them, or one for each index along an axis. */
function dequantized(operation: Operation): Tensor {
  const [quantized, scale, zero] = [operation.constant(0), operation.constant(1), operation.optionalConstant(2)];
  const axis = axisOf(operation.integer('axis', 1), quantized.shape.length);
  const isForAll = scale.values.length === 1;
  const side = axis === undefined ? undefined : quantized.shape[axis];
  const isForEach =
    side === scale.values.length && scale.shape.length === 1 && operation.integer('block_size', 0) === 0;
  if (!(isForAll || isForEach) || (zero && zero.values.length !== scale.values.length)) {
    throw operation.refuse('scales its weights in blocks: expected one scale for all or one for each row or column');
  }
  operation.take(quantized.values.length);
  const stride = isForAll ? 1 : stridesOf(quantized.shape)[axis!]!;
  const values = Float64Array.from(quantized.values, (value, n) => {
    const k = isForAll ? 0 : Math.floor(n / stride) % side!;
    return (value - (zero?.values[k] ?? 0)) * scale.values[k]!;
  });
  return constant(quantized.shape, values);
}
