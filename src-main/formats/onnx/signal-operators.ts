// Computes one node: of constants, of the signal, or of what follows the last layer.
import { countOf } from '../open/imported-network';
import { castLike } from './cast';
import { foldedConstant, shapeOf, sliceOf } from './constant-operators';
import { afterEnd, firstEnd } from './end';
import { reshaped, transposedSignal } from './layout';
import type { Operation } from './operation';
import { changedShape, permutationOf } from './shapes';
import { bent, chosen, combined } from './signal-functions';
import { isTrainingOfOld, LAYER_OPERATORS } from './signal-layers';
import type { Signal } from './signal';
import { broadcastShape, constant } from './tensor';
import { isIntegerType } from './tensor-message';
import type { Value } from './value';

const EXPECTED =
  'is nothing that can be used here: expected are linear layers with ReLU, leaky ReLU, sigmoid, tanh or GELU ' +
  'between them';
const QUANTISED = /Quantize|Integer$|QLinear|QGemm|NBits$/;
/** Numbers of types that do not hold all pixels from 0 to 255: int8 and bool. */
const TOO_NARROW = [3, 9];

/** What a node gives, one value for each output that it may have. Throws file-unreadable. */
export function computed(operation: Operation): Value[] {
  const kinds = new Set(operation.inputs.map((value) => value?.kind));
  if (kinds.has('end')) {
    const values = afterEnd(operation);
    if (values) return values;
    throw operation.refuse(
      'goes on after the end of the network, where softmax or the class is expected to be the last',
    );
  }
  if (kinds.has('signal')) return ofSignal(operation);
  const folded = foldedConstant(operation);
  if (folded) return [folded];
  throw operation.refuse('computes something of constants that cannot be computed here');
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
  const signal = combined(operation) ?? chosen(operation) ?? bent(operation);
  if (signal) return [signal];
  throw operation.refuse(
    QUANTISED.test(operator) ? 'is part of a quantised network: please export the network as it was before' : EXPECTED,
  );
}

const OPERATORS: Record<string, (operation: Operation) => Value> = {
  Identity: (operation) => operation.signal(0),
  Dropout: (operation) => {
    const isTraining = isTrainingOfOld(operation) || (operation.optionalConstant(2)?.values[0] ?? 0) !== 0;
    if (isTraining)
      throw operation.refuse(
        'is kept as it is in training: please export the network in evaluation mode, model.eval()',
      );
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
    if (!shape || countOf(shape) !== countOf(signal.shape)) throw operation.refuse('repeats the numbers of an image');
    return withShape(operation, signal, shape);
  },
  Gather: (operation) => {
    const signal = operation.signal(0);
    const axis = operation.integer('axis', 0);
    const at = axis < 0 ? axis + signal.shape.length : axis;
    const index = operation.constant(1);
    const isOnly =
      signal.shape[at] === 1 && index.values.length === 1 && (index.values[0] === 0 || index.values[0] === -1);
    if (!isOnly) throw operation.refuse('takes a part of the image only');
    return withShape(operation, signal, [...signal.shape.slice(0, at), ...index.shape, ...signal.shape.slice(at + 1)]);
  },
  Slice: (operation) => {
    const signal = operation.signal(0);
    const { sides, starts, steps } = sliceOf(operation, signal.shape);
    const isAll = sides.every((side, axis) => side === signal.shape[axis] && starts[axis] === 0 && steps[axis] === 1);
    if (!isAll) throw operation.refuse('takes a part of the image only');
    return signal;
  },
};

function withShape(operation: Operation, signal: Signal, shape: readonly number[]): Signal {
  const result = reshaped(signal, shape);
  if (!result)
    throw operation.refuse(
      `mixes the numbers of several images: it makes the shape [${shape.join(', ')}] of [${signal.shape.join(', ')}]`,
    );
  return result;
}

/** @param type the number of the type that it becomes */
function converted(operation: Operation, signal: Signal, type: number): Signal {
  if (!isIntegerType(type)) return { ...signal, isInteger: false };
  if (signal.isInteger && !TOO_NARROW.includes(type)) return signal;
  throw operation.refuse('rounds the numbers of the image');
}
