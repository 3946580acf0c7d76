// Groups the arrays of each layer: weight and bias, the parts of a computed weight, and batch normalizations.
import { countOf, refusal } from '../open/imported-network';
import { naturalOrder } from '../../files/natural-order';
import type { Part, Sorted } from './sort-arrays';
import type { Role } from './array-roles';
import { inWords, listed, type FileArray } from './file-array';
import { computedWeight } from './computed-weight';

export interface NamedLayer {
  /** The part of the names that its arrays have in common. */
  key: string;
  /** Two-dimensional. */
  weight: FileArray;
  /** If undefined, the layer has no bias. */
  bias: FileArray | undefined;
  convention: 'out-in' | 'in-out' | undefined;
}

export interface NamedNorm {
  key: string;
  gamma: FileArray | undefined;
  beta: FileArray | undefined;
  mean: FileArray;
  variance: FileArray;
  /** Files do not store it: the default of the program that uses such names. */
  epsilon: number;
}

export interface Grouped {
  layers: NamedLayer[];
  norms: NamedNorm[];
  notes: string[];
}

type Group = Partial<Record<Role, Part>>;

/** Throws file-unreadable if an array does not belong to a chain of linear layers. */
export function groupLayers({ parts, unnamed }: Sorted, file: string): Grouped {
  if (parts.length === 0) return { layers: pairUnnamed(unnamed, file), norms: [], notes: [] };
  if (unnamed.length > 0)
    throw refusal(
      file,
      `some of its arrays have names, such as “${parts[0]!.array.name}”, and others have none, such as ` +
        `“${unnamed[0]!.name}”`,
    );
  const groups = new Map<string, Group>();
  for (const part of parts) {
    const group = groups.get(part.key) ?? {};
    const other = group[part.role];
    if (other)
      throw refusal(
        file,
        `two of its arrays seem to be the ${part.role} of one layer: ${listed([other.array.name, part.array.name])}`,
      );
    group[part.role] = part;
    groups.set(part.key, group);
  }
  refuseCopies(groups, file);
  const grouped: Grouped = { layers: [], norms: [], notes: [] };
  const biases: Part[] = [];
  for (const [key, group] of groups) {
    const isAlone = Object.keys(group).length === 1;
    if (group.mean && group.variance) grouped.norms.push(normOf(key, group));
    else if (isAlone && group.bias) biases.push(group.bias);
    else grouped.layers.push(layerOf(key, group, file, grouped.notes));
  }
  assignBiases(grouped.layers, biases, file);
  return grouped;
}

/** numpy.savez without names: alternating weights and biases, all weights before all biases, or only weights. */
function pairUnnamed(unnamed: readonly FileArray[], file: string): NamedLayer[] {
  const inOrder = [...unnamed].sort((a, b) => naturalOrder(a.name, b.name));
  const isFlat = ({ shape }: FileArray) =>
    shape.length === 1 || (shape.length === 2 && shape.some((side) => side === 1));
  const weights = inOrder.filter((array) => !isFlat(array));
  const biases = inOrder.filter(isFlat);
  if (weights.some(({ shape }) => shape.length !== 2) || (biases.length > 0 && biases.length !== weights.length)) {
    throw refusal(
      file,
      `its arrays have no names, and are not a weight and a bias for each layer: ${listed(inOrder.map(inWords))}`,
    );
  }
  return weights.map((weight, k) => ({ key: `layer ${k + 1}`, weight, bias: biases[k], convention: undefined }));
}

function normOf(key: string, { gamma, weight, beta, bias, mean, variance }: Group): NamedNorm {
  const isOfKeras = /^moving/.test(mean!.array.name.split(/[./]/).at(-1)!);
  return {
    key,
    gamma: (gamma ?? weight)?.array,
    beta: (beta ?? bias)?.array,
    mean: mean!.array,
    variance: variance!.array,
    epsilon: isOfKeras ? 1e-3 : 1e-5,
  };
}

function layerOf(key: string, group: Group, file: string, notes: string[]): NamedLayer {
  const { weight, bias, ...others } = group;
  const computed = computedWeight(others, file);
  if (computed && !weight) {
    notes.push(computed.note);
    return checked({ key, weight: computed.weight, bias: bias?.array, convention: 'out-in' }, file);
  }
  const odd = Object.values(others)[0];
  if (odd || !weight) {
    const arrays = Object.values(group).map(({ array }) => inWords(array));
    throw refusal(
      file,
      `its arrays ${listed(arrays)} cannot be the weight and bias of a linear layer, which is all that can be used`,
    );
  }
  return checked({ key, weight: weight.array, bias: bias?.array, convention: weight.convention }, file);
}

function checked(layer: NamedLayer, file: string): NamedLayer {
  const { shape } = layer.weight;
  if (shape.length === 2) return layer;
  const known = shape.length === 1 ? 'such as a layer normalization or a slope for each unit' : 'such as a convolution';
  throw refusal(
    file,
    `its weight “${layer.weight.name}” has the shape [${shape.join(', ')}] (${known}): expected two ` +
      'dimensions, because only plain linear layers can be used',
  );
}

/** Matches biases whose names differ from those of their weights: bias_hidden and weights_input_hidden, b1 and h1. */
function assignBiases(layers: readonly NamedLayer[], biases: readonly Part[], file: string): void {
  const open = layers.filter(({ bias }) => !bias);
  const byNumber = [...open].sort((a, b) => naturalOrder(a.key, b.key));
  const sorted = [...biases].sort((a, b) => naturalOrder(a.key, b.key));
  const areNumbered = biases.length === open.length && [...open, ...biases].every(({ key }) => /\d/.test(key));
  for (const [k, { key, array }] of sorted.entries()) {
    const length = countOf(array.shape);
    const named = open.filter((layer) => layer.key.endsWith(key));
    const fitting = open.filter(({ weight }) => weight.shape.includes(length));
    const layer =
      named.length === 1 ? named[0] : areNumbered ? byNumber[k] : fitting.length === 1 ? fitting[0] : undefined;
    if (!layer || layer.bias)
      throw refusal(file, `its array “${array.name}” is the bias of a layer that has no weight, or more than one`);
    layer.bias = array;
  }
}

/** Refuses several networks in a file, such as model.fc1.weight and ema.fc1.weight. */
function refuseCopies(groups: ReadonlyMap<string, Group>, file: string): void {
  const copies = new Map<string, string[]>();
  for (const [key, group] of groups) {
    const [first, ...rest] = key.split('.');
    const shapes = Object.entries(group).map(([role, { array }]) => `${role} ${array.shape.join('×')}`);
    copies.set(first!, [...(copies.get(first!) ?? []), `${rest.join('.')} ${shapes.sort().join()}`]);
  }
  const signatures = [...copies].map(([first, entries]) => [first, entries.sort().join('; '), entries.length] as const);
  const same = signatures.filter(
    ([, signature, count]) => count > 1 && signatures.filter(([, other]) => other === signature).length > 1,
  );
  if (same.length > 1)
    throw refusal(file, `it contains several networks, ${listed(same.map(([first]) => first))}: expected only one`);
}
