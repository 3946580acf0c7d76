// What the graph has made of the pixels so far. A signal is a source (the pixels, or a layer), scaled and in some order
// and shape.
import type { Activation } from '../../../src-shared/settings/settings';
import { countOf } from '../open/imported-network';
import type { Numbers } from './tensor';

export interface Pixels {
  kind: 'pixels';
  size: number;
}

/** weight · input + bias. Weights are scaled and copied once, when the network is complete. */
export interface Linear {
  kind: 'linear';
  /** Names the node in sentences. */
  label: string;
  input: Pixels | Activated;
  outputs: number;
  weight: Numbers;
  /** How far apart the weights of neighbouring outputs, and of neighbouring inputs, lie. */
  outputStride: number;
  inputStride: number;
  /** Which column of the weights each input takes. undefined: in order. */
  columns: Int32Array | undefined;
  /** By output. undefined: 1. */
  rowScale: Float64Array | undefined;
  /** By input. */
  columnScale: number | Float64Array;
  /** What the graph adds to each input. The bias includes it already. */
  inputOffset: number | Float64Array;
  isMeasured: boolean;
  bias: Float64Array;
}

/** An activation that this app has, after a linear layer. */
export interface Activated {
  kind: 'activated';
  label: string;
  of: Linear;
  activation: Activation;
  /** Of leaky ReLU. */
  slope: number | undefined;
  size: number;
}

/** A function of each unit of a linear layer, until it is known which activation that is. */
export interface Pointwise {
  kind: 'pointwise';
  label: string;
  of: Linear;
  apply: (z: number) => number;
  /** Scale and offset with which the units go into functions: the activation is one of these. */
  arguments: readonly (readonly [number, number])[];
  /** How many functions are computed for one value. */
  steps: number;
}

export type Source = Pixels | Linear | Activated | Pointwise;

/** scale · source + offset. */
export interface Signal {
  kind: 'signal';
  source: Source;
  /** With the images. */
  shape: readonly number[];
  /** undefined: the graph takes one image, without a side for several. */
  batchAxis: number | undefined;
  /** For each element of an image, row by row, the index in the source. undefined: in order. */
  order: Int32Array | undefined;
  /** By index in the source. Of linear and pointwise sources: one number. */
  scale: number | Float64Array;
  offset: number | Float64Array;
  /** Whole numbers: arithmetic in the graph would round. */
  isInteger: boolean;
  /** Scaled by what batch normalisation has measured, which follows the pixels, however they were scaled before. */
  isMeasured: boolean;
}

export function sizeOf(source: Source): number {
  if (source.kind === 'linear') return source.outputs;
  return source.kind === 'pointwise' ? source.of.outputs : source.size;
}

/** The sides of one image. */
export function imageSides({ shape, batchAxis }: Pick<Signal, 'shape' | 'batchAxis'>): number[] {
  return shape.filter((_, axis) => axis !== batchAxis);
}

/** scale · signal + offset. @param scale, offset one number, or one for each element of an image, row by row */
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

/** Makes scale and offset part of the linear layer. */
function absorbed(signal: Signal): Signal {
  const source = signal.source as Linear;
  const layer = scaledLayer(source, signal.scale, signal.offset);
  return { ...signal, source: layer, scale: 1, offset: 0 };
}

/** @param scale, offset by output */
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

/** A number for all, or one for each. */
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

/** From the order of the elements to the order of the source. One number stays one number if all are the same. */
function bySource({ order }: Signal, values: number | Float64Array): number | Float64Array {
  if (typeof values === 'number') return values;
  const first = values[0]!;
  if (values.length > 0 && values.every((value) => value === first)) return first;
  if (!order) return values;
  const result = new Float64Array(values.length);
  for (const [n, index] of order.entries()) result[index] = values[n]!;
  return result;
}

/** Whether two signals have the same units in the same places. */
export function isAligned(a: Signal, b: Signal): boolean {
  if (a.batchAxis !== b.batchAxis || a.shape.join() !== b.shape.join()) return false;
  if (a.order === b.order) return true;
  const count = countOf(imageSides(a));
  for (let n = 0; n < count; n++) if ((a.order?.[n] ?? n) !== (b.order?.[n] ?? n)) return false;
  return true;
}
