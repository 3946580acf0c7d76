// The state of the pixels on their way through a graph. A signal is a source (the pixels, or a layer) with a scale, an
// offset, an order and a shape.
import type { Activation } from '../../../src-shared/settings/settings';
import { countOf } from '../open/imported-network';
import type { Numbers } from './tensor';

export interface Pixels {
  kind: 'pixels';
  size: number;
}

/** weight · input + bias. The weights are scaled and copied only once, when the network is complete. */
export interface Linear {
  kind: 'linear';
  /** Names the node in error messages. */
  label: string;
  input: Pixels | Activated;
  outputs: number;
  weight: Numbers;
  /** Distances between the weights of neighbouring outputs, and of neighbouring inputs. */
  outputStride: number;
  inputStride: number;
  /** The column of the weights for each input. If undefined, in order. */
  columns: Int32Array | undefined;
  /** By output. If undefined, 1. */
  rowScale: Float64Array | undefined;
  /** By input. */
  columnScale: number | Float64Array;
  /** What the graph adds to each input. Already included in the bias. */
  inputOffset: number | Float64Array;
  /** As in Signal. */
  isMeasured: boolean;
  bias: Float64Array;
}

/** A linear layer followed by an activation that this app has. */
export interface Activated {
  kind: 'activated';
  label: string;
  of: Linear;
  activation: Activation;
  /** The slope of leaky ReLU; undefined for other activations. */
  slope: number | undefined;
  size: number;
}

/** A function of each unit of a linear layer that has not been recognized as an activation yet. */
export interface Pointwise {
  kind: 'pointwise';
  label: string;
  of: Linear;
  apply: (z: number) => number;
  /** Scale and offset of the units in each function: candidates for the activation's argument. */
  arguments: readonly (readonly [number, number])[];
  /** How many functions are evaluated for one value. */
  steps: number;
}

export type Source = Pixels | Linear | Activated | Pointwise;

/** scale · source + offset. */
export interface Signal {
  kind: 'signal';
  source: Source;
  /** Including the batch axis. */
  shape: readonly number[];
  /** If undefined, the graph takes a single image. */
  batchAxis: number | undefined;
  /** The index in the source for each element of an image, row by row. If undefined, in order. */
  order: Int32Array | undefined;
  /** By index in the source. A single number for linear and pointwise sources. */
  scale: number | Float64Array;
  offset: number | Float64Array;
  /** True for integers: arithmetic in the graph would round. */
  isInteger: boolean;
  /** Scaled by statistics of batch normalization, which adapt to any earlier scaling of the pixels. */
  isMeasured: boolean;
}

export function sizeOf(source: Source): number {
  if (source.kind === 'linear') return source.outputs;
  return source.kind === 'pointwise' ? source.of.outputs : source.size;
}

/** The shape of one image, without the batch axis. */
export function imageShapeOf({ shape, batchAxis }: Pick<Signal, 'shape' | 'batchAxis'>): number[] {
  return shape.filter((_, axis) => axis !== batchAxis);
}

/** scale · signal + offset, each one number, or one for each element of an image, row by row. */
export function scaled(signal: Signal, scale: number | Float64Array, offset: number | Float64Array): Signal {
  const [bySourceScale, bySourceOffset] = [bySource(signal, scale), bySource(signal, offset)];
  const combined = {
    ...signal,
    scale: combine(signal.scale, bySourceScale, (own, factor) => own * factor),
    offset: combine(
      combine(signal.offset, bySourceScale, (own, factor) => own * factor),
      bySourceOffset,
      (own, added) => own + added,
    ),
  };
  return combined.source.kind === 'linear' &&
    !(typeof combined.scale === 'number' && typeof combined.offset === 'number')
    ? absorbed(combined)
    : combined;
}

/** Moves scale and offset into the linear layer. */
function absorbed(signal: Signal): Signal {
  const source = signal.source as Linear;
  const layer = scaledLayer(source, signal.scale, signal.offset);
  return { ...signal, source: layer, scale: 1, offset: 0 };
}

/** @param scale by output @param offset by output */
export function scaledLayer(layer: Linear, scale: number | Float64Array, offset: number | Float64Array): Linear {
  if (scale === 1 && offset === 0) return layer;
  const [rowScale, bias] = [new Float64Array(layer.outputs), new Float64Array(layer.outputs)];
  for (let row = 0; row < layer.outputs; row++) {
    const factor = at(scale, row);
    rowScale[row] = (layer.rowScale?.[row] ?? 1) * factor;
    bias[row] = layer.bias[row]! * factor + at(offset, row);
  }
  return { ...layer, rowScale, bias };
}

/** The element of a list, or the number that stands for all of them. */
export function at(values: number | Float64Array, index: number): number {
  return typeof values === 'number' ? values : values[index]!;
}

function combine(
  a: number | Float64Array,
  b: number | Float64Array,
  operation: (a: number, b: number) => number,
): number | Float64Array {
  if (typeof a === 'number' && typeof b === 'number') return operation(a, b);
  const length = typeof a === 'number' ? (b as Float64Array).length : a.length;
  return Float64Array.from({ length }, (_, n) => operation(at(a, n), at(b, n)));
}

/** Reorders values from the elements to the source. If all are equal, returns one number. */
function bySource({ order }: Signal, values: number | Float64Array): number | Float64Array {
  if (typeof values === 'number') return values;
  const first = values[0]!;
  if (values.length > 0 && values.every((value) => value === first)) return first;
  if (!order) return values;
  const result = new Float64Array(values.length);
  for (const [n, index] of order.entries()) result[index] = values[n]!;
  return result;
}

/** True if two signals have the same units at the same positions. */
export function isAligned(a: Signal, b: Signal): boolean {
  if (a.batchAxis !== b.batchAxis || a.shape.join() !== b.shape.join()) return false;
  if (a.order === b.order) return true;
  const count = countOf(imageShapeOf(a));
  for (let n = 0; n < count; n++) if ((a.order?.[n] ?? n) !== (b.order?.[n] ?? n)) return false;
  return true;
}
