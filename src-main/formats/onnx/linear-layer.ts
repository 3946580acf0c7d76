// A matrix times a signal: a new linear layer, or merged into the last one if there is no activation between them.
import { at, scaledLayer, sizeOf, type Linear, type Signal } from './signal';
import type { Numbers } from './tensor';

export interface Matrix {
  label: string;
  weight: Numbers;
  inputs: number;
  outputs: number;
  outputStride: number;
  inputStride: number;
}

/** @param signal whose source is the pixels, a linear layer or a known activation */
export function linearLayer(signal: Signal, matrix: Matrix): Linear {
  const { source } = signal;
  if (source.kind === 'pointwise') throw new Error('The activation before a linear layer must be known.');
  const columns = columnsOf(signal);
  if (source.kind === 'linear') return folded(scaledLayer(source, signal.scale, signal.offset), matrix, columns);
  const { label, outputs, weight, outputStride, inputStride } = matrix;
  const bias = biasOf(signal, matrix, columns);
  return {
    kind: 'linear',
    label,
    input: source,
    outputs,
    weight,
    outputStride,
    inputStride,
    columns,
    rowScale: undefined,
    columnScale: signal.scale,
    inputOffset: signal.offset,
    isMeasured: signal.isMeasured,
    bias,
  };
}

/** The column of the matrix for each index in the source: the inverse of `order`. */
function columnsOf({ order }: Signal): Int32Array | undefined {
  if (!order) return undefined;
  const columns = new Int32Array(order.length);
  for (const [column, index] of order.entries()) columns[index] = column;
  return columns;
}

/** The contribution of the inputs' offsets to each output. */
function biasOf(
  { source, offset }: Signal,
  { weight, outputs, outputStride, inputStride }: Matrix,
  columns: Int32Array | undefined,
): Float64Array {
  const bias = new Float64Array(outputs);
  if (offset === 0) return bias;
  const inputs = sizeOf(source);
  for (let row = 0; row < outputs; row++) {
    for (let index = 0; index < inputs; index++)
      bias[row]! += weight[row * outputStride + (columns?.[index] ?? index) * inputStride]! * at(offset, index);
  }
  return bias;
}

/** (matrix · layer) as one layer. */
function folded(layer: Linear, matrix: Matrix, columns: Int32Array | undefined): Linear {
  const inputs = sizeOf(layer.input);
  const { label, outputs, outputStride, inputStride } = matrix;
  const weight = new Float64Array(outputs * inputs);
  const bias = new Float64Array(outputs);
  const row = new Float64Array(inputs);
  for (let unit = 0; unit < layer.outputs; unit++) {
    copyRow(layer, unit, row);
    for (let output = 0; output < outputs; output++) {
      const factor = matrix.weight[output * outputStride + (columns?.[unit] ?? unit) * inputStride]!;
      bias[output]! += factor * layer.bias[unit]!;
      if (factor !== 0) for (let n = 0; n < inputs; n++) weight[output * inputs + n]! += factor * row[n]!;
    }
  }
  return {
    ...layer,
    label,
    outputs,
    weight,
    outputStride: inputs,
    inputStride: 1,
    columns: undefined,
    rowScale: undefined,
    bias,
  };
}

/** Copies one row of a layer's weights, without the scale of its inputs. */
function copyRow(
  { weight, outputStride, inputStride, columns, rowScale }: Linear,
  unit: number,
  row: Float64Array,
): void {
  const factor = rowScale?.[unit] ?? 1;
  for (let n = 0; n < row.length; n++)
    row[n] = weight[unit * outputStride + (columns?.[n] ?? n) * inputStride]! * factor;
}

/** [out, in], scaled and rounded once. @param rows the layer's row for each output. If undefined, in order. */
export function weightsOf(
  layer: Linear,
  rows: Int32Array | undefined,
): { weight: Float32Array; bias: Float32Array; inputs: number; outputs: number } {
  const { outputs, weight, outputStride, inputStride, columns, rowScale, columnScale } = layer;
  const inputs = sizeOf(layer.input);
  const result = new Float32Array(outputs * inputs);
  const isUnchanged = inputStride === 1 && columnScale === 1 && !columns && !rowScale;
  for (let output = 0; output < outputs; output++) {
    const row = rows?.[output] ?? output;
    if (isUnchanged) {
      result.set(weight.subarray(row * outputStride, row * outputStride + inputs), output * inputs);
      continue;
    }
    const factor = rowScale?.[row] ?? 1;
    for (let n = 0; n < inputs; n++) {
      result[output * inputs + n] =
        weight[row * outputStride + (columns?.[n] ?? n) * inputStride]! * factor * at(columnScale, n);
    }
  }
  return {
    weight: result,
    bias: Float32Array.from({ length: outputs }, (_, output) => layer.bias[rows?.[output] ?? output]!),
    inputs,
    outputs,
  };
}
