// The nodes after the last linear layer: softmax in all its forms, the predicted class, and class names.
import { countOf } from '../open/imported-network';
import { binaryOf } from './elementwise';
import type { Operation } from './operation';
import { isExponential } from './recognise-activation';
import { reshaped } from './layout';
import { imageShapeOf, type Linear, type Signal } from './signal';
import { changedShape } from './shapes';
import { axisOf, type Tensor } from './tensor';
import type { End, EndForm, Value } from './value';

/** Operators that leave the values unchanged. */
const UNCHANGED = ['Identity', 'Cast', 'CastLike', 'Dropout', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze'];

export function isLastLayer(signal: Signal): signal is Signal & { source: Linear } {
  return signal.source.kind === 'linear';
}

/** Starts an end at the last layer. @returns undefined if the operator does not start an end */
export function firstEnd(operation: Operation): Value[] | undefined {
  const { operator } = operation.node;
  const [value] = operation.inputs;
  if (value?.kind !== 'signal') return undefined;
  if (operator === 'Softmax' || operator === 'LogSoftmax') return softmax(operation, value, operator === 'Softmax');
  if (['ReduceMax', 'ReduceSum', 'ReduceLogSumExp', 'ArgMax', 'TopK'].includes(operator))
    return reduction(operation, value);
  return undefined;
}

function softmax(operation: Operation, signal: Signal, isPlain: boolean): Value[] {
  checkAcrossClasses(operation, signal);
  if (isLastLayer(signal)) return [endOf(isPlain ? 'proportional' : 'shifted', signal)];
  throw operation.refuse(`does not follow a linear layer, but ${described(signal)}`);
}

function reduction(operation: Operation, signal: Signal): Value[] {
  const { operator } = operation.node;
  checkAcrossClasses(operation, signal);
  const outputs = lastLayerOf(signal);
  if (!outputs) throw operation.refuse(`does not follow the last linear layer, but ${described(signal)}`);
  checkLargest(operation);
  if (operator === 'ArgMax') return [endOf('class', outputs)];
  return [endOf(isLastLayer(signal) ? 'number' : 'positive', outputs), endOf('class', outputs)];
}

function checkLargest(operation: Operation): void {
  if (operation.node.operator === 'TopK' && operation.integer('largest', 1) !== 1)
    throw operation.refuse('selects the smallest output: expected the largest');
}

function described({ source }: Signal): string {
  return source.kind === 'pixels' ? 'the pixels' : 'an activation';
}

/** The last layer if the signal is its outputs or their exponentials. */
function lastLayerOf(signal: Signal): (Signal & { source: Linear }) | undefined {
  if (isLastLayer(signal)) return signal;
  return signal.source.kind === 'pointwise' && isExponential(signal)
    ? { ...signal, source: signal.source.of }
    : undefined;
}

/** Throws file-unreadable if the node reduces over images, or not over all classes. */
function checkAcrossClasses(operation: Operation, signal: Signal): void {
  const { shape, batchAxis } = signal;
  const axes = axesOf(operation, shape);
  const isImage = axes.some((axis) => axis === undefined || (axis === batchAxis && shape[axis] !== 1));
  const count = isImage ? 0 : countOf(axes.filter((axis) => axis !== batchAxis).map((axis) => shape[axis!]!));
  if (count !== countOf(imageShapeOf(signal))) throw operation.refuse('is not computed over the classes');
}

/** The axes over which a node reduces. undefined stands for an axis that does not exist, or for all axes. */
function axesOf(operation: Operation, shape: readonly number[]): (number | undefined)[] {
  const { operator } = operation.node;
  const find = (axis: number) => axisOf(axis, shape.length);
  if (operator.startsWith('Reduce')) return operation.integersOf('axes', 1)?.map(find) ?? [undefined];
  if (operator === 'ArgMax' || operator === 'TopK')
    return [find(operation.integer('axis', operator === 'TopK' ? -1 : 0))];
  const first = find(operation.integer('axis', operation.operatorSet < 13 ? 1 : -1));
  // Before operator set 13, softmax treated all axes from the given one on as a single axis.
  return operation.operatorSet >= 13 || first === undefined
    ? [first]
    : shape.flatMap((_, axis) => (axis >= first ? [axis] : []));
}

export function endOf(form: EndForm, outputs: Signal & { source: Linear }, classes?: string[]): End {
  return { kind: 'end', form, outputs, classes };
}

/** Evaluates a node with an end among its inputs. @returns undefined if the node may not follow an end */
export function afterEnd(operation: Operation): Value[] | undefined {
  const { operator } = operation.node;
  const end = operation.inputs.find((value) => value?.kind === 'end');
  if (end?.kind !== 'end') return undefined;
  if (operation.inputs[0] === end && UNCHANGED.includes(operator)) return [sameWithShape(operation, end)];
  if (operation.inputs.length === 2 && binaryOf(operator))
    return withOther(operation, operation.inputs[0]!, operation.inputs[1]!);
  const form = operation.inputs[0] === end ? NEXT[operator]?.[end.form] : undefined;
  if (form && operator !== 'Exp' && operator !== 'Log') {
    checkAcrossClasses(operation, end.outputs);
    checkLargest(operation);
  }
  if (form)
    return operator === 'TopK'
      ? [
          { ...end, form: 'number' },
          { ...end, form },
        ]
      : [{ ...end, form }];
  return named(operation, end);
}

const TO_CLASS: Partial<Record<EndForm, EndForm>> = {
  shifted: 'class',
  proportional: 'class',
  ordered: 'class',
};
const TO_NUMBER: Partial<Record<EndForm, EndForm>> = {
  shifted: 'number',
  proportional: 'positive',
  ordered: 'number',
};

/** The form that each operator with one input makes of each form. */
const NEXT: Readonly<Record<string, Partial<Record<EndForm, EndForm>>>> = {
  Exp: { shifted: 'proportional', ordered: 'ordered', number: 'positive', positive: 'positive' },
  Log: { proportional: 'shifted', ordered: 'ordered', number: 'number', positive: 'number' },
  Softmax: { shifted: 'proportional', proportional: 'ordered', ordered: 'ordered' },
  LogSoftmax: { shifted: 'shifted', proportional: 'ordered', ordered: 'ordered' },
  ArgMax: TO_CLASS,
  TopK: TO_CLASS,
  ReduceMax: TO_NUMBER,
  ReduceSum: TO_NUMBER,
  ReduceLogSumExp: TO_NUMBER,
  ReduceL1: TO_NUMBER,
};

function sameWithShape(operation: Operation, end: End): End {
  if (end.form === 'class' || isNumber(end)) return end;
  const shape = changedShape(operation, end.outputs.shape);
  const outputs = shape && reshaped(end.outputs, shape);
  if (shape && !outputs) throw operation.refuse('mixes the outputs of several images');
  return outputs ? { ...end, outputs: { ...outputs, source: end.outputs.source } } : end;
}

function isNumber(value: Value): boolean {
  return value.kind === 'end' && (value.form === 'number' || value.form === 'positive');
}

/** Arithmetic that preserves the ranking of the classes. @returns undefined if it does not */
function withOther(operation: Operation, left: Value, right: Value): Value[] | undefined {
  const { operator } = operation.node;
  const isFirst = left.kind !== 'constant' && !isNumber(left);
  const [scores, other] = isFirst ? [left, right] : [right, left];
  if (scores.kind === 'constant' || other.kind === 'signal') return undefined;
  if (other.kind === 'constant')
    return scores.kind === 'end' ? withConstant(operator, scores, other, isFirst) : undefined;
  const outputs = scores.kind === 'end' ? scores.outputs : lastLayerOf(scores);
  if (outputs?.source !== other.outputs.source || !isNumber(other)) return undefined;
  const form = scores.kind === 'end' ? scores.form : scores.source.kind === 'linear' ? 'shifted' : 'proportional';
  const isShift = form === 'shifted' && ((operator === 'Sub' && isFirst) || operator === 'Add');
  const isNormalised = form === 'proportional' && operator === 'Div' && isFirst && other.form === 'positive';
  if (isNumber(scores)) return [endOf('number', outputs)];
  return isShift || isNormalised ? [endOf(form, outputs)] : undefined;
}

function withConstant(operator: string, end: End, { values }: Tensor, isFirst: boolean): Value[] | undefined {
  const value = values[0];
  if (values.length !== 1 || value === undefined) return undefined;
  if (isNumber(end)) return [{ ...end, form: operator === 'Add' && value >= 0 ? end.form : 'number' }];
  if (end.form === 'class') return undefined;
  if (operator === 'Add' || (operator === 'Sub' && isFirst))
    return [{ ...end, form: end.form === 'shifted' ? 'shifted' : value === 0 ? end.form : 'ordered' }];
  if (value > 0 && (operator === 'Mul' || (operator === 'Div' && isFirst)))
    return [{ ...end, form: end.form === 'proportional' ? 'proportional' : 'ordered' }];
  return undefined;
}

/** Class names instead of class indices, as scikit-learn's converter writes them. */
function named(operation: Operation, end: End): Value[] | undefined {
  const { operator } = operation.node;
  const [first, second] = operation.inputs;
  if (operator === 'ai.onnx.ml.ArrayFeatureExtractor' || operator === 'Gather') {
    return first?.kind === 'constant' && second === end && end.form === 'class'
      ? [{ ...end, classes: textsOf(first) }]
      : undefined;
  }
  if (operator === 'ai.onnx.ml.ZipMap') {
    const classes = operation.texts('classlabels_strings');
    const numbers = operation.integers('classlabels_int64s');
    return [{ ...end, classes: classes?.length ? classes : numbers?.map(String) }];
  }
  if (operator === 'ai.onnx.ml.LabelEncoder' && end.form === 'class') return [{ ...end, classes: encoded(operation) }];
  if (operator === 'ai.onnx.ml.Normalizer' && operation.text('norm', 'MAX') === 'L1' && end.form === 'proportional')
    return [end];
  return undefined;
}

function textsOf({ values, texts }: Tensor): string[] {
  return texts ?? Array.from(values, String);
}

/** The names that LabelEncoder assigns to 0, 1, 2, …; undefined if it has other keys. */
function encoded(operation: Operation): string[] | undefined {
  const keys = operation.integers('keys_int64s') ?? [];
  const values = operation.texts('values_strings') ?? operation.integers('values_int64s')?.map(String) ?? [];
  const classes = keys.map((_, k) => values[keys.indexOf(k)]);
  return classes.length === 0 || classes.includes(undefined) ? undefined : (classes as string[]);
}
