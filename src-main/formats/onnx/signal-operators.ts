// Evaluates one node: of constants, of the signal, or of what follows the last layer.
import { countOf } from '../open/imported-network';
import { castLike } from './cast';
import { foldedConstant, shapeOf, sliceOf } from './constant-operators';
import { afterEnd, firstEnd } from './end';
import { reshaped, transposedSignal } from './layout';
import type { Operation } from './operation';
import { changedShape, permutationOf } from './shapes';
import { binaryFunction, conditionalFunction, unaryFunction } from './signal-functions';
import { isOldTrainingMode, LAYER_OPERATORS } from './signal-layers';
import type { Signal } from './signal';
import { broadcastShape, constant } from './tensor';
import { isIntegerType } from './tensor-message';
import type { Value } from './value';

const EXPECTED =
  'cannot be used here: expected linear layers with ReLU, leaky ReLU, sigmoid, tanh or GELU ' + 'between them';
const QUANTIZED = /Quantize|Integer$|QLinear|QGemm|NBits$/;
/** Types that cannot hold all pixels from 0 to 255: int8 and bool. */
const TOO_NARROW = [3, 9];

/** @returns one value for each possible output of the node. Throws file-unreadable. */
export function computed(operation: Operation): Value[] {
  const kinds = new Set(operation.inputs.map((value) => value?.kind));
  if (kinds.has('end')) {
    const values = afterEnd(operation);
    if (values) return values;
    throw operation.refuse('follows the end of the network: expected softmax or the class to be the last node');
  }
  if (kinds.has('signal')) return ofSignal(operation);
  const folded = foldedConstant(operation);
  if (folded) return [folded];
  throw operation.refuse('computes something from constants that is not supported here');
}

function ofSignal(operation: Operation): Value[] {
  const { operator } = operation.node;
  if (Object.hasOwn(LAYER_OPERATORS, operator)) return LAYER_OPERATORS[operator]!(operation);
  const end = firstEnd(operation);
  if (end) return end;
  const [value] = operation.inputs;
  if (Object.hasOwn(OPERATORS, operator)) return [OPERATORS[operator]!(operation)];
  const shape = value?.kind === 'signal' ? changedShape(operation, value.shape) : undefined;
  if (shape) return [withShape(operation, operation.signal(0), shape)];
  const signal = binaryFunction(operation) ?? conditionalFunction(operation) ?? unaryFunction(operation);
  if (signal) return [signal];
  throw operation.refuse(
    QUANTIZED.test(operator)
      ? 'is part of a quantized network: please export the network before it is quantized'
      : EXPECTED,
  );
}

const OPERATORS: Record<string, (operation: Operation) => Value> = {
  Identity: (operation) => operation.signal(0),
  Dropout: (operation) => {
    const isTraining = isOldTrainingMode(operation) || (operation.optionalConstant(2)?.values[0] ?? 0) !== 0;
    if (isTraining)
      throw operation.refuse('is in training mode: please export the network in evaluation mode, model.eval()');
    return operation.signal(0);
  },
  Cast: (operation) => converted(operation, operation.signal(0), operation.integer('to', 1)),
  CastLike: (operation) => {
    const [value, like] = operation.inputs;
    const isInteger = like?.kind !== 'end' && (like?.isInteger ?? false);
    return value?.kind === 'constant'
      ? castLike(operation, value, isInteger)
      : converted(operation, operation.signal(0), isInteger ? 7 : 1);
  },
  Shape: (operation) => shapeOf(operation, operation.signal(0).shape),
  Size: (operation) => constant([], Float64Array.of(countOf(operation.signal(0).shape)), true),
  Transpose: (operation) => {
    const signal = operation.signal(0);
    return transposedSignal(signal, permutationOf(operation, signal.shape.length));
  },
  Expand: (operation) => {
    const signal = operation.signal(0);
    const shape = broadcastShape(signal.shape, [...operation.constant(1).values]);
    if (!shape || countOf(shape) !== countOf(signal.shape)) throw operation.refuse('repeats the pixels of an image');
    return withShape(operation, signal, shape);
  },
  Gather: (operation) => {
    const signal = operation.signal(0);
    const axis = operation.integer('axis', 0);
    const at = axis < 0 ? axis + signal.shape.length : axis;
    const index = operation.constant(1);
    const isOnly =
      signal.shape[at] === 1 && index.values.length === 1 && (index.values[0] === 0 || index.values[0] === -1);
    if (!isOnly) throw operation.refuse('takes only a part of the image');
    return withShape(operation, signal, [...signal.shape.slice(0, at), ...index.shape, ...signal.shape.slice(at + 1)]);
  },
  Slice: (operation) => {
    const signal = operation.signal(0);
    const { sides, starts, steps } = sliceOf(operation, signal.shape);
    const isAll = sides.every((side, axis) => side === signal.shape[axis] && starts[axis] === 0 && steps[axis] === 1);
    if (!isAll) throw operation.refuse('takes only a part of the image');
    return signal;
  },
};

function withShape(operation: Operation, signal: Signal, shape: readonly number[]): Signal {
  const result = reshaped(signal, shape);
  if (!result)
    throw operation.refuse(
      `mixes the pixels of several images: it reshapes [${signal.shape.join(', ')}] to [${shape.join(', ')}]`,
    );
  return result;
}

/** @param type number of the new TensorProto.DataType */
function converted(operation: Operation, signal: Signal, type: number): Signal {
  if (!isIntegerType(type)) return { ...signal, isInteger: false };
  if (signal.isInteger && !TOO_NARROW.includes(type)) return signal;
  throw operation.refuse('rounds the numbers of the image');
}
