// Which arrays of a file are the weight and the bias of one layer, by their names: fc1.weight, 0.bias, layers.0.weight, W1, b1, arr_0 …
import { refusal, type NumberArray } from './imported-network';

export interface NamedLayer {
  /** What the names of its arrays have in common. */
  name: string;
  weight: NumberArray;
  /** A layer without one adds nothing. */
  bias: NumberArray | undefined;
  /** How its weight lies by convention; W and arr_0 say nothing. */
  convention: 'out-in' | 'in-out' | undefined;
}

/** What stands before the role, the role, and a number behind it. */
const NAME = /^(?:(?<stem>.+)[./_])?(?<role>weight|kernel|coef|w|bias|b)(?:e?s)?[._]?(?<number>\d*)$/i;
const UNNAMED = /^arr_\d+$/;
const CONVENTIONS: Record<string, NamedLayer['convention']> = { weight: 'out-in', kernel: 'in-out' };

/** In the order of the arrays. Throws file-unreadable where an array has no place in a chain of linear layers. */
export function nameLayers(arrays: readonly NumberArray[], file: string): NamedLayer[] {
  return arrays.length > 0 && arrays.every(({ name }) => UNNAMED.test(name)) ? pairInOrder(arrays, file) : pairByNames(arrays, file);
}

/** Compares names as people count: layer 10 after layer 9. */
export function naturalOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** numpy.savez without names: weight, bias, weight, bias, … */
function pairInOrder(arrays: readonly NumberArray[], file: string): NamedLayer[] {
  const inOrder = [...arrays].sort((a, b) => naturalOrder(a.name, b.name));
  return Array.from({ length: Math.ceil(inOrder.length / 2) }, (_, k) => {
    const [weight, bias] = [inOrder[2 * k]!, inOrder[2 * k + 1]];
    if (!bias || weight.shape.length !== 2) throw refusal(file, 'its arrays have no names, and are not a weight and a bias in turn');
    return { name: `layer ${k + 1}`, weight, bias, convention: undefined };
  });
}

function pairByNames(arrays: readonly NumberArray[], file: string): NamedLayer[] {
  const layers = new Map<string, Partial<NamedLayer>>();
  for (const array of arrays) {
    const parts = NAME.exec(array.name)?.groups;
    if (!parts) throw refusal(file, `its array “${array.name}” is named neither as a weight nor as a bias, such as fc1.weight and fc1.bias, or W1 and b1`);
    const name = [parts['stem'], parts['number']].filter(Boolean).join('.');
    const layer = layers.get(name) ?? {};
    const isBias = parts['role']!.toLowerCase().startsWith('b');
    if (layer[isBias ? 'bias' : 'weight']) throw refusal(file, `two of its arrays seem to be the ${isBias ? 'bias' : 'weight'} of the layer “${name}”`);
    if (isBias) layer.bias = array;
    else Object.assign(layer, { weight: array, convention: CONVENTIONS[parts['role']!] });
    layers.set(name, layer);
  }
  return [...layers].map(([name, { weight, bias, convention }]) => {
    if (!weight) throw refusal(file, `its array “${bias!.name}” is the bias of a layer that has no weight`);
    return { name, weight, bias, convention };
  });
}
