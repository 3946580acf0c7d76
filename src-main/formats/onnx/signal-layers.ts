// Operators that are linear layers, or scale the outputs of one: MatMul, Gemm, BatchNormalization, and those of
// scikit-learn.
import { countOf } from '../open/imported-network';
import { endOf, isLastLayer } from './end';
import { reshaped, transposedSignal } from './layout';
import { linearLayer, type Matrix } from './linear-layer';
import { Operation } from './operation';
import { addUpToOne, belowSigmoid } from './recognise-activation';
import { known, perElement, scaledOrKnown, shapeInWords, unaryFunction } from './signal-functions';
import { imageShapeOf, scaled, sizeOf, type Signal } from './signal';
import { axisOf, constant, withDimension, type Tensor } from './tensor';
import type { Value } from './value';

type SignalOperator = (operation: Operation) => Value[];

export const LAYER_OPERATORS: Record<string, SignalOperator> = {
  MatMul: (operation) => [multiplied(operation)],
  'com.microsoft.FusedMatMul': (operation) => {
    if (operation.integer('transBatchA', 0) || operation.integer('transBatchB', 0))
      throw operation.refuse('transposes batches of matrices');
    return [scaled(multiplied(operation), operation.float('alpha', 1), 0)];
  },
  Gemm: (operation) => [gemm(operation)],
  Einsum: (operation) => [einsum(operation)],
  'com.microsoft.FusedGemm': (operation) => {
    const alpha = operation.attributes.get('activation_alpha');
    return [
      followedBy(
        operation,
        operation.text('activation', ''),
        gemm(operation),
        alpha ? new Map([['alpha', alpha]]) : new Map(),
      ),
    ];
  },
  'com.microsoft.BiasGelu': (operation) => {
    const { signal, values } = perElement(operation, operation.constant(1), operation.signal(0));
    return [followedBy(operation, 'Gelu', scaledOrKnown(operation, signal, 1, values), new Map())];
  },
  Conv: (operation) => [wholeImageConvolution(operation)],
  BatchNormalization: (operation) => [batchNormalized(operation)],
  Concat: (operation) => [withComplement(operation)],
  'ai.onnx.ml.Scaler': (operation) => {
    const signal = operation.signal(0);
    const scale = perElement(operation, listed(operation, 'scale'), signal).values;
    const offset = perElement(operation, listed(operation, 'offset'), signal).values;
    // (x − offset) · scale
    return [scaled(scaled(asFloats(signal), 1, negated(offset)), scale, 0)];
  },
  'ai.onnx.ml.LinearClassifier': linearClassifier,
};

function multiplied(operation: Operation): Signal {
  const isLeft = operation.inputs[0]?.kind === 'signal';
  const isTransposed = operation.integer(isLeft ? 'transA' : 'transB', 0) === 1;
  const isMatrixTransposed = operation.integer(isLeft ? 'transB' : 'transA', 0) === 1;
  const given = operation.signal(isLeft ? 0 : 1);
  return times(
    operation,
    isTransposed ? lastTwoTransposed(operation, given) : given,
    operation.constant(isLeft ? 1 : 0),
    isLeft,
    isMatrixTransposed,
  );
}

/** @param isLeft signal · matrix, else matrix · signal */
function times(
  operation: Operation,
  given: Signal,
  matrix: Tensor,
  isLeft: boolean,
  isMatrixTransposed: boolean,
): Signal {
  if (given.isInteger) throw operation.refuse('computes with integers: expected a conversion to floats first (Cast)');
  const sides = matrix.shape.slice(-2);
  if (sides.length !== 2 || countOf(matrix.shape) !== countOf(sides)) {
    throw operation.refuse(`multiplies by a constant of shape [${matrix.shape.join(', ')}]: expected a matrix`);
  }
  const signal = known(operation.context.file, given);
  const { shape, batchAxis } = signal;
  const [rows, columns] = sides as [number, number];
  const isInputFirst = isLeft !== isMatrixTransposed;
  const [inputs, outputs] = isInputFirst ? [rows, columns] : [columns, rows];
  // The axis that is multiplied: the last one, or the one before it if the matrix is on the left.
  const axis = isLeft || shape.length === 1 ? shape.length - 1 : shape.length - 2;
  if (axis < 0 || axis === batchAxis || shape[axis] !== inputs || countOf(imageShapeOf(signal)) !== inputs) {
    throw operation.refuse(`multiplies ${shapeInWords(signal)} by a matrix that takes ${inputs} numbers`);
  }
  const strides = isInputFirst ? { outputStride: 1, inputStride: columns } : { outputStride: columns, inputStride: 1 };
  const layer: Matrix = { label: operation.label, weight: matrix.values, inputs, outputs, ...strides };
  operation.takeProducts(outputs * inputs * (signal.source.kind === 'linear' ? sizeOf(signal.source.input) : 1));
  const source = linearLayer(signal, layer);
  return {
    kind: 'signal',
    source,
    shape: withDimension(shape, axis, outputs),
    batchAxis,
    order: undefined,
    scale: 1,
    offset: 0,
    isInteger: false,
    isMeasured: false,
  };
}

function lastTwoTransposed(operation: Operation, signal: Signal): Signal {
  const rank = signal.shape.length;
  if (rank < 2) throw operation.refuse('transposes an input that has only one dimension');
  return transposedSignal(signal, [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]);
}

/** A node of ONNX Runtime's optimized graphs that includes an activation. */
function followedBy(
  operation: Operation,
  operator: string,
  signal: Signal,
  attributes: Operation['attributes'],
): Signal {
  const result = unaryFunction(new Operation({ ...operation.node, operator }, [signal], attributes, operation.context));
  if (!result)
    throw operation.refuse(`has the activation “${operator}”, which is not ReLU, leaky ReLU, sigmoid, tanh or GELU`);
  return { ...result, source: { ...result.source, label: operation.label } as Signal['source'] };
}

/** A convolution whose kernel is as large as the image is a linear layer. */
function wholeImageConvolution(operation: Operation): Signal {
  const signal = operation.signal(0);
  const kernel = operation.constant(1);
  const [outputs, ...sides] = kernel.shape;
  const isWhole =
    signal.batchAxis === 0 && sides.join() === imageShapeOf(signal).join() && operation.integer('group', 1) === 1;
  const isPadded =
    operation.text('auto_pad', 'NOTSET').startsWith('SAME') || operation.integers('pads')?.some((pad) => pad !== 0);
  const isSpread = operation.integers('dilations')?.some((step) => step !== 1);
  if (!isWhole || isPadded || isSpread)
    throw operation.refuse('is a convolution of parts of the image: expected linear layers over all of it');
  const flat = reshaped(signal, [signal.shape[0]!, countOf(sides)])!;
  const product = times(operation, flat, { ...kernel, shape: [outputs!, countOf(sides)] }, true, true);
  const bias = operation.optionalConstant(2);
  const layer = bias ? scaled(product, 1, perElement(operation, bias, product).values) : product;
  return { ...layer, shape: [signal.shape[0]!, outputs!, ...sides.slice(1).map(() => 1)] };
}

/** Einsum that is a product of the signal and a matrix, such as bi,oi->bo. */
function einsum(operation: Operation): Signal {
  const terms = /^(\w+),(\w+)->(\w+)$/.exec(operation.text('equation', '').replace(/\.\.\.|\s/g, ''))?.slice(1) ?? [];
  const isLeft = operation.inputs[0]?.kind === 'signal';
  const [units, matrix, result] = isLeft ? terms : [terms[1], terms[0], terms[2]];
  const shared = units?.at(-1) ?? '';
  const added = matrix?.replace(shared, '') ?? '';
  if (
    operation.inputs.length !== 2 ||
    matrix?.length !== 2 ||
    added.length !== 1 ||
    units!.includes(added) ||
    result !== units!.slice(0, -1) + added
  ) {
    throw operation.refuse('computes something other than a product of the signal and a matrix');
  }
  return times(
    operation,
    operation.signal(isLeft ? 0 : 1),
    operation.constant(isLeft ? 1 : 0),
    true,
    matrix[1] === shared,
  );
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
  // It has more than one output only in training mode.
  const outputs = operation.node.outputs.filter((name) => name !== '');
  if (isOldTrainingMode(operation) || operation.integer('training_mode', 0) !== 0 || outputs.length > 1)
    throw operation.refuse('is in training mode: please export the network in evaluation mode, model.eval()');
  const signal = operation.signal(0);
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((index) => operation.constant(index).values);
  const channels = scale!.length;
  if (![bias, mean, variance].every((values) => values!.length === channels))
    throw operation.refuse('has constants of different lengths');
  const epsilon = operation.float('epsilon', 1e-5);
  const factors = Float64Array.from(scale!, (value, n) => value / Math.sqrt(variance![n]! + epsilon));
  const sides = [channels, ...signal.shape.slice(2).map(() => 1)];
  const factor = perElement(operation, constant(sides, factors), signal);
  const offset = perElement(
    operation,
    constant(
      sides,
      Float64Array.from(bias!, (value, n) => value - mean![n]! * factors[n]!),
    ),
    signal,
  );
  return { ...scaledOrKnown(operation, asFloats(signal), factor.values, offset.values), isMeasured: true };
}

/** Before operator set 7, dropout and batch normalization were in training mode unless is_test was set. */
export function isOldTrainingMode(operation: Operation): boolean {
  return operation.operatorSet < 7 && operation.integer('is_test', 0) === 0;
}

/** For operators that compute with floats even if their input is integers. */
function asFloats(signal: Signal): Signal {
  return { ...signal, isInteger: false };
}

/**
 * For two classes, scikit-learn's networks compute one probability p and concatenate it with 1 − p: the same as softmax
 * of 0 and the unit.
 */
function withComplement(operation: Operation): Value {
  const [first, second, ...others] = operation.inputs.map((_, index) => operation.signal(index));
  if (!second) return first!;
  const axis = second.shape.length - 1;
  const isAcross = axisOf(operation.integer('axis', 0), second.shape.length) === axis && axis !== second.batchAxis;
  const layer = belowSigmoid(second);
  if (!layer || layer.outputs !== 1 || !isAcross || others.length > 0 || !addUpToOne(first!, second)) {
    throw operation.refuse('concatenates several parts of the signal: expected one chain of layers');
  }
  const unit: Signal = { ...second, source: layer, scale: 1, offset: 0, order: undefined };
  const source = linearLayer(unit, {
    label: layer.label,
    weight: Float32Array.of(0, 1),
    inputs: 1,
    outputs: 2,
    outputStride: 1,
    inputStride: 1,
  });
  return endOf('proportional', { ...unit, source, shape: withDimension(second.shape, axis, 2) });
}

function listed(operation: Operation, name: string): Tensor {
  const list = operation.floats(name) ?? [];
  return constant([list.length], Float64Array.from(list));
}

function negated(values: number | Float64Array): number | Float64Array {
  return typeof values === 'number' ? -values : values.map((value) => -value);
}

/** Logistic regression. Its outputs are the class, and a score for each class. */
function linearClassifier(operation: Operation): Value[] {
  const [weights, biases] = [listed(operation, 'coefficients'), listed(operation, 'intercepts')];
  const texts = operation.texts('classlabels_strings');
  const classes = texts?.length ? texts : operation.integers('classlabels_ints')?.map(String);
  const outputs = classes?.length ?? biases.values.length;
  const matrix = constant([outputs, weights.values.length / outputs], weights.values);
  const product = times(operation, asFloats(operation.signal(0)), matrix, true, true);
  const linear =
    biases.values.length === 0 ? product : scaled(product, 1, perElement(operation, biases, product).values);
  if (!isLastLayer(linear)) throw operation.refuse('is not a linear layer');
  const transform = operation.text('post_transform', 'NONE');
  const scores: Record<string, () => Value> = {
    NONE: () => linear,
    SOFTMAX: () => endOf('proportional', linear),
    LOGISTIC: () => endOf('ordered', linear),
  };
  const transformed = Object.hasOwn(scores, transform) ? scores[transform]!() : undefined;
  if (!transformed) throw operation.refuse(`ends with ${transform}: expected none, softmax or logistic`);
  return [endOf('class', linear, classes), transformed];
}
