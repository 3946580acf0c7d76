// One way to chain the layers: their order, the layout of the weights, and where the biases are.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { transposed } from '../save/transposed';
import { inWords } from './file-array';
import type { NamedLayer } from './group-layers';

export type Orientation = 'out-in' | 'in-out';

export interface Chain {
  layers: NamedLayer[];
  orientation: Orientation;
  /** Whether the bias is an additional input of each weight, as in [h, 785]. If so, there are no other biases. */
  biasInput: 'none' | 'first' | 'last';
}

interface Sides {
  inputs: number;
  outputs: number;
}

export function fits({ layers, orientation, biasInput }: Chain): boolean {
  if (biasInput !== 'none' && layers.some(({ bias }) => bias)) return false;
  const sides = layers.map((layer) => sidesOf(layer, orientation, biasInput));
  return layers.every(({ bias }, k) => {
    const { inputs, outputs } = sides[k]!;
    const follows = k === 0 || sides[k - 1]!.outputs === inputs;
    return follows && inputs > 0 && (!bias || isBiasOf(bias.shape, outputs));
  });
}

/** True if the layout does not contradict the conventions of the names. */
export function isAsNamed({ layers, orientation }: Chain): boolean {
  return layers.every(({ convention }) => convention === undefined || convention === orientation);
}

export function layersOf({ layers, orientation, biasInput }: Chain): LayerWeights[] {
  return layers.map((layer) => {
    const { inputs, outputs } = sidesOf(layer, orientation, biasInput);
    const values = layer.weight.numbers();
    const [rows, columns] = layer.weight.shape as [number, number];
    const weight = orientation === 'out-in' ? values : transposed(values, rows, columns);
    if (biasInput !== 'none') return withoutBiasInput(weight, inputs, outputs, biasInput);
    return { weight, bias: layer.bias?.numbers() ?? new Float32Array(outputs), inputs, outputs };
  });
}

export function describe({ layers, orientation, biasInput }: Chain): string {
  const names = layers.map(({ weight }) => inWords(weight)).join(', ');
  const bias = biasInput === 'none' ? '' : `, the ${biasInput} input of each being the bias`;
  return `${names} as ${orientation === 'out-in' ? '[out, in]' : '[in, out]'}${bias}`;
}

/** [out], or a row or column of them. */
function isBiasOf(shape: readonly number[], outputs: number): boolean {
  return (
    shape.length <= 2 &&
    shape.every((side) => side === outputs || side === 1) &&
    shape.reduce((a, b) => a * b, 1) === outputs
  );
}

function sidesOf({ weight: { shape } }: NamedLayer, orientation: Orientation, biasInput: Chain['biasInput']): Sides {
  const [first, second] = shape as [number, number];
  const [outputs, inputs] = orientation === 'out-in' ? [first, second] : [second, first];
  return { inputs: biasInput === 'none' ? inputs : inputs - 1, outputs };
}

/** @param values [outputs, inputs + 1] */
function withoutBiasInput(
  values: Float32Array,
  inputs: number,
  outputs: number,
  place: 'first' | 'last',
): LayerWeights {
  const weight = new Float32Array(inputs * outputs);
  const bias = new Float32Array(outputs);
  const start = place === 'first' ? 1 : 0;
  for (let unit = 0; unit < outputs; unit++) {
    const row = values.subarray(unit * (inputs + 1), (unit + 1) * (inputs + 1));
    weight.set(row.subarray(start, start + inputs), unit * inputs);
    bias[unit] = row[place === 'first' ? 0 : inputs]!;
  }
  return { weight, bias, inputs, outputs };
}
