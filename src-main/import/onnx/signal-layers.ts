// Operators that are linear layers, or scale what comes out of one: MatMul, Gemm, BatchNormalization, and scikit-learn's own.
import { countOf } from '../imported-network';
import { endOf, isLastLayer } from './end';
import { transposedSignal } from './layout';
import { linearLayer, type Matrix } from './linear-layer';
import type { Operation, Value } from './operation';
import { sigmoidSide } from './recognise-activation';
import { known, perElement, scaledOrKnown, sidesText } from './signal-functions';
import { imageSides, scaled, type Pointwise, type Signal } from './signal';
import { constant, withSide, type Tensor } from './tensor';

type SignalOperator = (operation: Operation) => Value[];

export const LAYER_OPERATORS: Record<string, SignalOperator> = {
  MatMul: (operation) => [multiplied(operation)],
  'com.microsoft.FusedMatMul': (operation) => {
    if (operation.integer('transBatchA', 0) || operation.integer('transBatchB', 0)) throw operation.refuse('turns whole stacks of matrices');
    return [scaled(multiplied(operation), operation.float('alpha', 1), 0)];
  },
  Gemm: (operation) => [gemm(operation)],
  BatchNormalization: (operation) => [batchNormalized(operation)],
  Concat: (operation) => [withRest(operation)],
  'ai.onnx.ml.Scaler': (operation) => {
    const signal = operation.signal(0);
    const [scale, offset] = [listed(operation, 'scale'), listed(operation, 'offset')].map((list) => perElement(operation, list, signal).values) as [number | Float64Array, number | Float64Array];
    // (x − offset) · scale
    return [scaled(scaled(asFloats(signal), 1, negated(offset)), scale, 0)];
  },
  'ai.onnx.ml.LinearClassifier': linearClassifier,
};

function multiplied(operation: Operation): Signal {
  const isLeft = operation.inputs[0]?.kind === 'signal';
  const isTurned = operation.integer(isLeft ? 'transA' : 'transB', 0) === 1;
  const isMatrixTurned = operation.integer(isLeft ? 'transB' : 'transA', 0) === 1;
  const given = operation.signal(isLeft ? 0 : 1);
  return times(operation, isTurned ? lastTwoTurned(operation, given) : given, operation.constant(isLeft ? 1 : 0), isLeft, isMatrixTurned);
}

/** @param isLeft signal · matrix, else matrix · signal */
function times(operation: Operation, given: Signal, matrix: Tensor, isLeft: boolean, isMatrixTurned: boolean): Signal {
  if (given.isInteger) throw operation.refuse('computes with whole numbers, where they are expected to be made floats first (Cast)');
  const sides = matrix.shape.slice(-2);
  if (sides.length !== 2 || countOf(matrix.shape) !== countOf(sides)) throw operation.refuse(`multiplies with a constant of the shape [${matrix.shape.join(', ')}], where a matrix is expected`);
  const signal = known(operation.context.file, given);
  const { shape, batchAxis } = signal;
  const [rows, columns] = sides as [number, number];
  const isInputFirst = isLeft !== isMatrixTurned;
  const [inputs, outputs] = isInputFirst ? [rows, columns] : [columns, rows];
  // Of a signal with one side, that side; else the last one, or the one before it if the matrix stands on the left.
  const axis = isLeft || shape.length === 1 ? shape.length - 1 : shape.length - 2;
  if (axis < 0 || axis === batchAxis || shape[axis] !== inputs || countOf(imageSides(signal)) !== inputs) {
    throw operation.refuse(`multiplies ${sidesText(signal)} with a matrix that takes ${inputs} numbers`);
  }
  const layer: Matrix = { label: operation.label, weight: matrix.values, inputs, outputs, outputStride: isInputFirst ? 1 : columns, inputStride: isInputFirst ? columns : 1 };
  const source = linearLayer(signal, layer);
  if (!source) throw operation.refuse('follows a linear layer without an activation, and the two are too large to be made one');
  return { kind: 'signal', source, shape: withSide(shape, axis, outputs), batchAxis, order: undefined, scale: 1, offset: 0, isInteger: false };
}

function lastTwoTurned(operation: Operation, signal: Signal): Signal {
  const rank = signal.shape.length;
  if (rank < 2) throw operation.refuse('turns an input that has one side only');
  return transposedSignal(signal, [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]);
}

/** alpha · A · B + beta · C */
function gemm(operation: Operation): Signal {
  const product = scaled(multiplied(operation), operation.float('alpha', 1), 0);
  const added = operation.optionalConstant(2);
  const beta = operation.float('beta', 1);
  if (!added || beta === 0) return product;
  const { signal, values } = perElement(operation, added, product);
  return scaled(signal, 1, typeof values === 'number' ? values * beta : values.map((value) => value * beta));
}

/** scale · (x − mean) / √(variance + ε) + bias, for each unit, or for each channel of images. */
function batchNormalized(operation: Operation): Signal {
  const isTraining = operation.integer('training_mode', 0) !== 0 || operation.node.outputs.filter((name) => name !== '').length > 1;
  if (isTraining) throw operation.refuse('is kept as it is in training: please export the network in evaluation mode, model.eval()');
  const signal = operation.signal(0);
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((index) => operation.constant(index).values);
  const channels = scale!.length;
  if (![bias, mean, variance].every((values) => values!.length === channels)) throw operation.refuse('has constants of several lengths');
  const epsilon = operation.float('epsilon', 1e-5);
  const factors = Float64Array.from(scale!, (value, n) => value / Math.sqrt(variance![n]! + epsilon));
  const sides = [channels, ...signal.shape.slice(2).map(() => 1)];
  const factor = perElement(operation, constant(sides, factors), signal);
  const offset = perElement(operation, constant(sides, Float64Array.from(bias!, (value, n) => value - mean![n]! * factors[n]!)), signal);
  return scaledOrKnown(operation, asFloats(signal), factor.values, offset.values);
}

/** What a network of whole numbers gives to operators that compute with floats anyway. */
function asFloats(signal: Signal): Signal {
  return { ...signal, isInteger: false };
}

/** Of two classes, scikit-learn's networks compute one probability, and 1 minus it: softmax of 0 and the unit gives the same. */
function withRest(operation: Operation): Value {
  const signals = operation.inputs.map((_, index) => operation.signal(index));
  const [rest, probability] = signals;
  if (signals.length === 1) return rest!;
  const isPair = signals.length === 2 && signals.every(({ source }) => source.kind === 'pointwise' && source.of === (rest!.source as Pointwise).of && source.of.outputs === 1);
  if (!isPair || sigmoidSide(rest!) !== 'rest' || sigmoidSide(probability!) !== 'sigmoid') throw operation.refuse('joins several parts of the signal, where one chain of layers is expected');
  const { of } = probability!.source as Pointwise;
  const pair = linearLayer({ ...probability!, source: of, scale: 1, offset: 0, order: undefined }, { label: of.label, weight: Float32Array.of(0, 1), inputs: 1, outputs: 2, outputStride: 1, inputStride: 1 })!;
  const axis = probability!.shape.length - 1;
  return endOf('proportional', { ...probability!, source: pair, shape: withSide(probability!.shape, axis, 2), scale: 1, offset: 0 });
}

function listed(operation: Operation, name: string): Tensor {
  const list = operation.floats(name) ?? [];
  return constant([list.length], Float64Array.from(list));
}

function negated(values: number | Float64Array): number | Float64Array {
  return typeof values === 'number' ? -values : values.map((value) => -value);
}

/** Logistic regression: the class, and a number for each class. */
function linearClassifier(operation: Operation): Value[] {
  const [weights, biases] = [listed(operation, 'coefficients'), listed(operation, 'intercepts')];
  const texts = operation.texts('classlabels_strings');
  const classes = texts?.length ? texts : operation.integers('classlabels_ints')?.map(String);
  const outputs = classes?.length ?? biases.values.length;
  const matrix = constant([outputs, weights.values.length / outputs], weights.values);
  const product = times(operation, asFloats(operation.signal(0)), matrix, true, true);
  const linear = biases.values.length === 0 ? product : scaled(product, 1, perElement(operation, biases, product).values);
  if (!isLastLayer(linear)) throw operation.refuse('is no linear layer');
  const transform = operation.text('post_transform', 'NONE');
  const scores: Record<string, () => Value> = {
    NONE: () => linear,
    SOFTMAX: () => endOf('proportional', linear),
    LOGISTIC: () => endOf('ordered', linear),
  };
  const transformed = Object.hasOwn(scores, transform) ? scores[transform]!() : undefined;
  if (!transformed) throw operation.refuse(`ends with ${transform}, where none, softmax or logistic is expected`);
  return [endOf('class', linear, classes), transformed];
}
