// Functions of the units of a signal, and what is done with each of its elements.
import { refusal } from '../imported-network';
import { binaryOf, unaryOf } from './elementwise';
import { reshaped } from './layout';
import type { Operation } from './operation';
import { asLine, isTanhGelu, withActivation } from './recognise-activation';
import { imageSides, isAligned, scaled, type Linear, type Pointwise, type Signal } from './signal';
import { broadcastIndices, broadcastShape, type Tensor } from './tensor';

/** A function of each unit. undefined: the node is none. */
export function bent(operation: Operation): Signal | undefined {
  const signal = operation.signal(0);
  if (operation.node.operator === 'Neg') return scaled(floating(operation, signal), -1, 0);
  const apply = unaryOf(operation);
  return apply && pointwise(operation, signal, apply);
}

/** Add, Sub, Mul, Div, and functions of two numbers such as Max. undefined: the node is none of them. */
export function combined(operation: Operation): Signal | undefined {
  const operator = operation.node.operator === 'Sum' ? 'Add' : operation.node.operator;
  const apply = binaryOf(operator);
  if (!apply) return undefined;
  return operation.inputs.slice(1).reduce<Signal | Tensor>((left, _, index) => {
    const right = operation.inputs[index + 1];
    if (left.kind === 'constant' && right?.kind === 'constant') throw operation.refuse('joins constants with a signal: Add is expected instead');
    if (left.kind === 'signal' && right?.kind === 'signal') return joined(operation, left, right, apply);
    const [signal, constant] = left.kind === 'signal' ? [left, operation.constant(index + 1)] : [operation.signal(index + 1), left];
    return withConstant(operation, operator, floating(operation, signal), aligned(operation, constant, signal), left === signal);
  }, first(operation)) as Signal;
}

function first(operation: Operation): Signal | Tensor {
  const [value] = operation.inputs;
  return value?.kind === 'signal' ? value : operation.constant(0);
}

function withConstant(operation: Operation, operator: string, given: Signal, constant: Tensor, isLeft: boolean): Signal {
  const { signal, values } = perElement(operation, constant, given);
  const each = (change: (value: number) => number) => (typeof values === 'number' ? change(values) : values.map(change));
  switch (operator) {
    case 'Add':
      return scaledOrKnown(operation, signal, 1, values);
    case 'Sub':
      return isLeft ? scaledOrKnown(operation, signal, 1, each((value) => -value)) : scaledOrKnown(operation, signal, -1, values);
    case 'Mul':
      return scaledOrKnown(operation, signal, values, 0);
    case 'Div':
      if (isLeft) return scaledOrKnown(operation, signal, each((value) => 1 / value), 0);
  }
  const shared = typeof values === 'number' ? values : values[0];
  const apply = binaryOf(operator)!;
  if (shared === undefined || (typeof values !== 'number' && values.some((value) => value !== shared))) throw operation.refuse('does something else with each unit, where the same is expected for all');
  return pointwise(operation, signal, isLeft ? (z) => apply(z, shared) : (z) => apply(shared, z));
}

/** Before operator set 7, an axis said where the sides of the constant belong. */
function aligned(operation: Operation, constant: Tensor, { shape }: Signal): Tensor {
  if (operation.operatorSet >= 7 || !operation.has('axis')) return constant;
  const missing = shape.length - operation.integer('axis', 0) - constant.shape.length;
  return { ...constant, shape: [...constant.shape, ...Array.from({ length: Math.max(0, missing) }, () => 1)] };
}

/** scale · signal + offset. If they differ between units, the activation before them must be known. */
export function scaledOrKnown(operation: Operation, signal: Signal, scale: number | Float64Array, offset: number | Float64Array): Signal {
  const isUniform = typeof scale === 'number' && typeof offset === 'number';
  return scaled(isUniform ? signal : known(operation.context.file, signal), scale, offset);
}

/** A constant for each element of an image, row by row, or one number for all. The signal gets the sides that the constant has more. */
export function perElement(operation: Operation, constant: Tensor, given: Signal): { signal: Signal; values: number | Float64Array } {
  const missing = constant.shape.length - given.shape.length;
  const signal = missing > 0 ? reshaped(given, [...Array.from({ length: missing }, () => 1), ...given.shape]) : given;
  const fits = signal && broadcastShape(constant.shape, signal.shape)?.join() === signal.shape.join();
  const { shape, batchAxis } = signal ?? given;
  const own = Array.from({ length: shape.length }, (_, axis) => constant.shape[axis - shape.length + constant.shape.length] ?? 1);
  if (!fits || (batchAxis !== undefined && own[batchAxis] !== 1)) {
    throw operation.refuse(`joins a constant of the shape [${constant.shape.join(', ')}] with ${sidesText(given)}, which it does not fit`);
  }
  const { values } = constant;
  if (values.every((value) => value === values[0])) return { signal, values: values[0]! };
  const indices = broadcastIndices(own.filter((_, axis) => axis !== batchAxis), imageSides(signal));
  return { signal, values: Float64Array.from(indices, (index) => values[index]!) };
}

export function sidesText(signal: Signal): string {
  return `what has the shape [${imageSides(signal).join(', ')}] for each image`;
}

/** Two signals of the same layer, as GELU and others are written out. */
function joined(operation: Operation, left: Signal, right: Signal, apply: (left: number, right: number) => number): Signal {
  const [a, b] = [left, right].map((signal) => (signal.source.kind === 'linear' || signal.source.kind === 'pointwise' ? asFunction(signal) : undefined));
  if (!a || !b || a.source.of !== b.source.of || !isAligned(left, right)) throw operation.refuse('joins two branches of the graph, where one chain of layers is expected');
  const [f, g] = [a.source.apply, b.source.apply];
  return { ...a, source: { ...a.source, label: operation.label, apply: (z) => apply(f(z), g(z)), arguments: [...a.source.arguments, ...b.source.arguments] } };
}

function pointwise(operation: Operation, given: Signal, apply: (z: number) => number): Signal {
  const signal = floating(operation, given);
  if (signal.source.kind === 'pixels') throw operation.refuse('stands before the first linear layer, where only scaling is expected');
  if (signal.source.kind === 'activated') throw operation.refuse('does not follow a linear layer, but another activation');
  const inner = asFunction(signal);
  return { ...inner, source: { ...inner.source, label: operation.label, apply: (z) => apply(inner.source.apply(z)) } };
}

/** A signal of a layer, with its scale and offset as part of a function of the layer's units. */
function asFunction(signal: Signal): Signal & { source: Pointwise } {
  const [scale, offset] = [signal.scale as number, signal.offset as number];
  const source = signal.source as Linear | Pointwise;
  const whole: Pointwise =
    source.kind === 'linear'
      ? { kind: 'pointwise', label: source.label, of: source, apply: (z) => scale * z + offset, arguments: [[1, 0], [scale, offset]] }
      : { ...source, apply: (z) => scale * source.apply(z) + offset };
  return { ...signal, source: whole, scale: 1, offset: 0 };
}

const knownOf = new WeakMap<Pointwise, Signal>();

/** The signal with its activation recognised. Throws file-unreadable if it is none of this app's. */
export function known(file: string, signal: Signal): Signal {
  const { source } = signal;
  if (source.kind !== 'pointwise') return signal;
  const before = knownOf.get(source);
  const found = before ?? recognised({ ...signal, scale: 1, offset: 0 });
  if (!found) throw unknownActivation(file, source);
  knownOf.set(source, found);
  // Order and shape are those of the signal in hand: the source is what was recognised.
  return scaled({ ...signal, source: found.source, scale: found.scale, offset: found.offset }, signal.scale, signal.offset);
}

function recognised(signal: Signal): Signal | undefined {
  const source = signal.source as Pointwise;
  const line = asLine(source.apply);
  return line ? { ...signal, source: source.of, ...line } : withActivation(signal);
}

function unknownActivation(file: string, source: Pointwise): Error {
  const what = isTanhGelu(source) ? 'the approximate GELU (by tanh), where the exact one is expected' : 'a function that is none of ReLU, leaky ReLU, sigmoid, tanh and GELU';
  return refusal(file, `its node ${source.label} computes ${what}`);
}

/** Arithmetic with whole numbers would round, and go in a circle at 255. */
function floating(operation: Operation, signal: Signal): Signal {
  if (signal.isInteger) throw operation.refuse('computes with whole numbers, where they are expected to be made floats first (Cast)');
  return signal;
}
