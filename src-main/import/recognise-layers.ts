// Makes a chain of linear layers out of named arrays: which comes first, and which side of a weight is its inputs, follow from the shapes.
import type { LayerWeights } from '../../src-shared/contract';
import { HIDDEN_FIELD } from '../../src-shared/settings-fields';
import { transposed } from '../export/transposed';
import { refusal, type NumberArray } from './imported-network';
import { nameLayers, naturalOrder, type NamedLayer } from './layer-names';

type Orientation = 'out-in' | 'in-out';

/** One way in which layers follow each other. */
interface Chain {
  layers: NamedLayer[];
  orientation: Orientation;
}

/** @param notes is told what was done. Throws file-unreadable where there is no chain, or more than one. */
export function recogniseLayers(arrays: readonly NumberArray[], file: string, notes: string[]): LayerWeights[] {
  const named = nameLayers(arrays, file);
  if (named.length === 0) throw refusal(file, 'it holds no weights');
  if (named.length > HIDDEN_FIELD.maxLayers + 1) {
    throw refusal(file, `it holds ${named.length} layers, where at most ${HIDDEN_FIELD.maxLayers + 1} can be used`);
  }
  const flat = named.find(({ weight }) => weight.shape.length !== 2);
  if (flat) throw refusal(file, `its weight “${flat.weight.name}” has the shape [${flat.weight.shape.join(', ')}], where two sides are expected: only plain linear layers can be used`);

  const chains = findChains(named);
  const found = chains.length > 1 ? byConvention(chains) : chains;
  if (found.length === 0) throw refusal(file, `its layers do not fit each other: ${named.map(describe).join(', ')}`);
  if (found.length > 1) throw refusal(file, `its layers fit each other in more than one way: ${named.map(describe).join(', ')}. Names such as fc1.weight [out, in], fc2.weight would say which is meant`);
  const { layers, orientation } = found[0]!;
  const isUnexpected = layers.some(({ convention }) => convention !== 'in-out');
  if (orientation === 'in-out' && isUnexpected) notes.push('Its weights lie as [in, out] and were turned to [out, in].');
  return layers.map((layer) => toLayer(layer, orientation));
}

function findChains(named: readonly NamedLayer[]): Chain[] {
  const orders = isNumbered(named) ? [[...named].sort((a, b) => naturalOrder(a.name, b.name))] : permutations(named);
  const all = orders.flatMap((layers): Chain[] => [{ layers, orientation: 'out-in' }, { layers, orientation: 'in-out' }]);
  return all.filter(fits);
}

/** Whether the names differ in their numbers alone. */
function isNumbered(named: readonly NamedLayer[]): boolean {
  return new Set(named.map(({ name }) => name.replace(/\d+/g, '#'))).size === 1;
}

/** Where the names alone would be right both ways: PyTorch's weight is [out, in], the kernel of Keras [in, out]. */
function byConvention(chains: readonly Chain[]): Chain[] {
  return chains.filter(({ layers, orientation }) => layers.every(({ convention }) => convention === undefined || convention === orientation));
}

function fits({ layers, orientation }: Chain): boolean {
  return layers.every((layer, k) => {
    const { inputs, outputs } = sidesOf(layer, orientation);
    const follows = k === 0 || sidesOf(layers[k - 1]!, orientation).outputs === inputs;
    return follows && (!layer.bias || isBiasOf(layer.bias, outputs));
  });
}

/** [out], or a row or a column of them. */
function isBiasOf({ shape, values }: NumberArray, outputs: number): boolean {
  return values.length === outputs && shape.every((side) => side === outputs || side === 1) && shape.length <= 2;
}

function sidesOf({ weight: { shape } }: NamedLayer, orientation: Orientation): { inputs: number; outputs: number } {
  const [first, second] = shape as [number, number];
  return orientation === 'out-in' ? { inputs: second, outputs: first } : { inputs: first, outputs: second };
}

function toLayer(layer: NamedLayer, orientation: Orientation): LayerWeights {
  const { inputs, outputs } = sidesOf(layer, orientation);
  const { values } = layer.weight;
  const weight = orientation === 'out-in' ? values : transposed(values, inputs, outputs);
  return { weight, bias: layer.bias?.values ?? new Float32Array(outputs), inputs, outputs };
}

function describe({ weight, bias }: NamedLayer): string {
  return [weight, ...(bias ? [bias] : [])].map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(' and ');
}

/** All orders; of seven there are 5,040. */
function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((first, k) => permutations([...list.slice(0, k), ...list.slice(k + 1)]).map((rest) => [first, ...rest]));
}
