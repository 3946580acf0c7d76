// Elementwise operators on a signal: functions of each unit, and arithmetic with constants or other signals.
import { refusal } from '../open/imported-network';
import { binaryOf, COMPARISONS, unaryOf, type Binary } from './elementwise';
import { reshaped } from './layout';
import type { Operation } from './operation';
import { asLine, isTanhGelu, withActivation } from './recognise-activation';
import { imageShapeOf, isAligned, scaled, type Linear, type Pointwise, type Signal } from './signal';
import { broadcastIndices, broadcastShape, type Tensor } from './tensor';

/** GELU written out in basic operators takes about ten. */
const MAX_STEPS = 200;

/** A function of one number, applied to each unit. @returns undefined for other operators */
export function unaryFunction(operation: Operation): Signal | undefined {
  const signal = operation.signal(0);
  if (operation.node.operator === 'Neg') return scaled(floating(operation, signal), -1, 0);
  const apply = unaryOf(operation);
  return apply && pointwise(operation, signal, apply);
}

/** Add, Sub, Mul, Div and other functions of two numbers, such as Max. @returns undefined for other operators */
export function binaryFunction(operation: Operation): Signal | undefined {
  const operator = operation.node.operator === 'Sum' ? 'Add' : operation.node.operator;
  const apply = functionOf(operator);
  if (!apply) return undefined;
  return operation.inputs.slice(1).reduce<Signal | Tensor>((left, _, index) => {
    const right = operation.inputs[index + 1];
    if (left.kind === 'constant' && right?.kind === 'constant')
      throw operation.refuse('sums constants before a signal: expected Add instead');
    if (left.kind === 'signal' && right?.kind === 'signal') return combined(operation, [left, right], apply);
    const [signal, constant] =
      left.kind === 'signal' ? [left, operation.constant(index + 1)] : [operation.signal(index + 1), left];
    return withConstant(
      operation,
      operator,
      floating(operation, signal),
      aligned(operation, constant, signal),
      left === signal,
    );
  }, first(operation)) as Signal;
}

function first(operation: Operation): Signal | Tensor {
  const [value] = operation.inputs;
  return value?.kind === 'signal' ? value : operation.constant(0);
}

function withConstant(
  operation: Operation,
  operator: string,
  given: Signal,
  constant: Tensor,
  isLeft: boolean,
): Signal {
  const { signal, values } = perElement(operation, constant, given);
  const each = (change: (value: number) => number) =>
    typeof values === 'number' ? change(values) : values.map(change);
  switch (operator) {
    case 'Add':
      return scaledOrKnown(operation, signal, 1, values);
    case 'Sub':
      return isLeft
        ? scaledOrKnown(
            operation,
            signal,
            1,
            each((value) => -value),
          )
        : scaledOrKnown(operation, signal, -1, values);
    case 'Mul':
      return scaledOrKnown(operation, signal, values, 0);
    case 'Div':
      if (isLeft)
        return scaledOrKnown(
          operation,
          signal,
          each((value) => 1 / value),
          0,
        );
  }
  const shared = constantFunction(operation, constant)();
  const apply = functionOf(operator)!;
  return pointwise(operation, signal, isLeft ? (z) => apply(z, shared) : (z) => apply(shared, z));
}

function functionOf(operator: string): Binary | undefined {
  return binaryOf(operator) ?? (Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined);
}

/** Before operator set 7, an attribute named the axis at which the constant's dimensions begin. */
function aligned(operation: Operation, constant: Tensor, { shape }: Signal): Tensor {
  if (operation.operatorSet >= 7 || !operation.has('axis')) return constant;
  const missing = shape.length - operation.integer('axis', 0) - constant.shape.length;
  return { ...constant, shape: [...constant.shape, ...Array.from({ length: Math.max(0, missing) }, () => 1)] };
}

/** scale · signal + offset. If they differ between units, the activation before them is recognized first. */
export function scaledOrKnown(
  operation: Operation,
  signal: Signal,
  scale: number | Float64Array,
  offset: number | Float64Array,
): Signal {
  const isUniform = typeof scale === 'number' && typeof offset === 'number';
  return scaled(isUniform ? signal : known(operation.context.file, signal), scale, offset);
}

/**
 * Broadcasts a constant to the elements of an image, row by row, or to one number if all are equal. If the constant has
 * more dimensions than the signal, the signal gets them too.
 */
export function perElement(
  operation: Operation,
  constant: Tensor,
  given: Signal,
): { signal: Signal; values: number | Float64Array } {
  const missing = constant.shape.length - given.shape.length;
  const signal = missing > 0 ? reshaped(given, [...Array.from({ length: missing }, () => 1), ...given.shape]) : given;
  const fits = signal && broadcastShape(constant.shape, signal.shape)?.join() === signal.shape.join();
  const { shape, batchAxis } = signal ?? given;
  const own = Array.from(
    { length: shape.length },
    (_, axis) => constant.shape[axis - shape.length + constant.shape.length] ?? 1,
  );
  if (!fits || (batchAxis !== undefined && own[batchAxis] !== 1)) {
    throw operation.refuse(
      `combines a constant of shape [${constant.shape.join(', ')}] with ${shapeInWords(given)}, which do not match`,
    );
  }
  const { values } = constant;
  if (values.every((value) => value === values[0])) return { signal, values: values[0]! };
  const indices = broadcastIndices(
    own.filter((_, axis) => axis !== batchAxis),
    imageShapeOf(signal),
  );
  return { signal, values: Float64Array.from(indices, (index) => values[index]!) };
}

export function shapeInWords(signal: Signal): string {
  return `values of shape [${imageShapeOf(signal).join(', ')}] for each image`;
}

/** A function of several signals of the same layer, as in GELU written out, and of numbers shared by all units. */
function combined(
  operation: Operation,
  values: readonly (Signal | Tensor)[],
  apply: (...values: number[]) => number,
): Signal {
  const signals = values.filter((value) => value.kind === 'signal');
  const functions = signals.map((signal) =>
    signal.source.kind === 'linear' || signal.source.kind === 'pointwise' ? asFunction(signal) : undefined,
  );
  const [first] = functions;
  if (
    !first ||
    functions.some((other, n) => other?.source.of !== first.source.of || !isAligned(signals[n]!, signals[0]!))
  ) {
    throw operation.refuse('combines two branches of the graph: expected one chain of layers');
  }
  const parts = values.map((value) =>
    value.kind === 'signal' ? functions[signals.indexOf(value)]!.source.apply : constantFunction(operation, value),
  );
  const steps = stepsAfter(
    operation,
    functions.reduce((sum, other) => sum + other!.source.steps, 0),
  );
  const combinedArguments = functions.flatMap((other) => other!.source.arguments);
  const whole = (z: number) => apply(...parts.map((part) => part(z)));
  return {
    ...first,
    source: { ...first.source, label: operation.label, apply: whole, arguments: combinedArguments, steps },
  };
}

function constantFunction(operation: Operation, { values }: Tensor): () => number {
  const [value] = values;
  if (value === undefined || values.some((other) => other !== value)) {
    throw operation.refuse('treats units differently: expected the same function for all of them');
  }
  return () => value;
}

/** Where, with a condition on the units, such as in leaky ReLU written out. @returns undefined for other operators */
export function conditionalFunction(operation: Operation): Signal | undefined {
  if (operation.node.operator !== 'Where') return undefined;
  const values = [0, 1, 2].map((index) =>
    operation.inputs[index]?.kind === 'signal' ? operation.signal(index) : operation.constant(index),
  );
  return combined(operation, values, (condition, yes, no) => (condition !== 0 ? yes! : no!));
}

function pointwise(operation: Operation, given: Signal, apply: (z: number) => number): Signal {
  const signal = floating(operation, given);
  if (signal.source.kind === 'pixels')
    throw operation.refuse('stands before the first linear layer: expected only scaling');
  if (signal.source.kind === 'activated')
    throw operation.refuse('does not follow a linear layer, but another activation');
  const inner = asFunction(signal);
  const steps = stepsAfter(operation, inner.source.steps);
  return {
    ...inner,
    source: { ...inner.source, label: operation.label, apply: (z) => apply(inner.source.apply(z)), steps },
  };
}

function stepsAfter(operation: Operation, before: number): number {
  if (before >= MAX_STEPS) throw operation.refuse('belongs to a function of more steps than an activation has');
  return before + 1;
}

/** A signal of a layer as a function of the layer's units, which includes its scale and offset. */
function asFunction(signal: Signal): Signal & { source: Pointwise } {
  const [scale, offset] = [signal.scale as number, signal.offset as number];
  const source = signal.source as Linear | Pointwise;
  const whole: Pointwise =
    source.kind === 'linear'
      ? {
          kind: 'pointwise',
          label: source.label,
          of: source,
          apply: (z) => scale * z + offset,
          arguments: [
            [1, 0],
            [scale, offset],
          ],
          steps: 1,
        }
      : { ...source, apply: (z) => scale * source.apply(z) + offset };
  return { ...signal, source: whole, scale: 1, offset: 0 };
}

const knownOf = new WeakMap<Pointwise, Map<string, Signal>>();

/** The signal with its activation recognized. Throws file-unreadable if the app does not have this activation. */
export function known(file: string, signal: Signal): Signal {
  const { source, scale, offset } = signal;
  if (source.kind !== 'pointwise') return signal;
  const before = knownOf.get(source) ?? new Map<string, Signal>();
  knownOf.set(source, before);
  const found = before.get(`${scale},${offset}`) ?? recognised(signal);
  if (!found) throw unknownActivation(file, source);
  before.set(`${scale},${offset}`, found);
  // Order and shape may differ from those of the cached signal.
  return { ...signal, source: found.source, scale: found.scale, offset: found.offset };
}

function recognised(signal: Signal): Signal | undefined {
  const [scale, offset] = [signal.scale as number, signal.offset as number];
  const source = signal.source as Pointwise;
  const line = asLine((z) => scale * source.apply(z) + offset);
  return line ? { ...signal, source: source.of, ...line } : withActivation(signal);
}

function unknownActivation(file: string, source: Pointwise): Error {
  const what = isTanhGelu(source)
    ? 'the approximate GELU (by tanh): expected the exact one'
    : 'a function other than ReLU, leaky ReLU, sigmoid, tanh and GELU';
  return refusal(file, `its node ${source.label} computes ${what}`);
}

/** Refuses integers, whose arithmetic would round and overflow. */
function floating(operation: Operation, signal: Signal): Signal {
  if (signal.isInteger) throw operation.refuse('computes with integers: expected a conversion to floats first (Cast)');
  return signal;
}
