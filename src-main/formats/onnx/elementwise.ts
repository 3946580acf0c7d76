// Elementwise functions that a graph may contain, for constants and for the units of a layer.
import { erf } from '../../../src-shared/nn/erf';
import type { Operation } from './operation';

type Unary = (value: number) => number;
export type Binary = (left: number, right: number) => number;

const UNARY: Record<string, (operation: Operation) => Unary> = {
  Abs: () => Math.abs,
  Ceil: () => Math.ceil,
  Erf: () => erf,
  Exp: () => Math.exp,
  Floor: () => Math.floor,
  Log: () => Math.log,
  Neg: () => (value) => -value,
  Not: () => (value) => (value === 0 ? 1 : 0),
  Reciprocal: () => (value) => 1 / value,
  Relu: () => (value) => Math.max(value, 0),
  Sigmoid: () => sigmoid,
  Softplus: () => (value) => Math.log1p(Math.exp(-Math.abs(value))) + Math.max(value, 0),
  Sqrt: () => Math.sqrt,
  Tanh: () => Math.tanh,
  LeakyRelu: (operation) => leakyRelu(operation.float('alpha', 0.01)),
  ThresholdedRelu: (operation) => (value) => (value > operation.float('alpha', 1) ? value : 0),
  Gelu: (operation) => (operation.text('approximate', 'none') === 'tanh' ? tanhGelu : gelu),
  'com.microsoft.Gelu': () => gelu,
  Clip: (operation) => {
    // The limits are attributes before operator set 11, inputs since.
    const min = operation.optionalConstant(1)?.values[0] ?? operation.float('min', -Infinity);
    const max = operation.optionalConstant(2)?.values[0] ?? operation.float('max', Infinity);
    return (value) => Math.min(Math.max(value, min), max);
  },
};

export const BINARY: Readonly<Record<string, Binary>> = {
  Add: (left, right) => left + right,
  Sub: (left, right) => left - right,
  Mul: (left, right) => left * right,
  Div: (left, right) => left / right,
  Pow: (left, right) => left ** right,
  Max: Math.max,
  Min: Math.min,
  PRelu: (left, right) => leakyRelu(right)(left),
};

export const COMPARISONS: Readonly<Record<string, Binary>> = {
  Equal: (left, right) => Number(left === right),
  Less: (left, right) => Number(left < right),
  LessOrEqual: (left, right) => Number(left <= right),
  Greater: (left, right) => Number(left > right),
  GreaterOrEqual: (left, right) => Number(left >= right),
  And: (left, right) => Number(left !== 0 && right !== 0),
  Or: (left, right) => Number(left !== 0 || right !== 0),
};

/** @returns the node's function of one number; undefined if the operator is not one */
export function unaryOf(operation: Operation): Unary | undefined {
  const { operator } = operation.node;
  return Object.hasOwn(UNARY, operator) ? UNARY[operator]!(operation) : undefined;
}

export function binaryOf(operator: string): Binary | undefined {
  return Object.hasOwn(BINARY, operator) ? BINARY[operator] : undefined;
}

function leakyRelu(slope: number): Unary {
  return (value) => (value < 0 ? slope * value : value);
}

export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

export function gelu(z: number): number {
  return (z * (1 + erf(z / Math.SQRT2))) / 2;
}

/** GELU's approximation by tanh. */
export function tanhGelu(z: number): number {
  return (z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)))) / 2;
}
