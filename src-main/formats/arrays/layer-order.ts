// The possible orders of layers by their names: by numbers after the same words, and input before hidden before output.
import { naturalOrder } from '../../files/natural-order';
import type { NamedLayer } from './group-layers';

const INPUT = new Set(['input', 'in', 'i', 'ih', 'xh', 'hx', 'x', 'first', 'embed']);
const OUTPUT = new Set([
  'output',
  'out',
  'o',
  'ho',
  'hy',
  'y',
  'head',
  'classifier',
  'logits',
  'final',
  'last',
  'pred',
  'prediction',
  'predictions',
  'softmax',
]);

/** The orders that agree with the names. The caller checks them against the shapes. */
export function ordersOf(layers: readonly NamedLayer[]): NamedLayer[][] {
  return byPlace(layers).reduce<NamedLayer[][]>(
    (beginnings, place) =>
      beginnings.flatMap((beginning) => ordersWithin(place).map((rest) => [...beginning, ...rest])),
    [[]],
  );
}

/** All orders, for shapes that contradict the names; none if the names differ only in their numbers. */
export function otherOrdersOf(layers: readonly NamedLayer[]): NamedLayer[][] {
  return areAlike(layers) ? [] : permutations(layers);
}

/** Input layers, hidden layers, output layers. */
function byPlace(layers: readonly NamedLayer[]): NamedLayer[][] {
  const places: [NamedLayer[], NamedLayer[], NamedLayer[]] = [[], [], []];
  for (const layer of layers) places[placeOf(layer.key)].push(layer);
  return places.filter((place) => place.length > 0);
}

function placeOf(key: string): 0 | 1 | 2 {
  const words = key.split('.');
  if (words.some((word) => OUTPUT.has(word))) return 2;
  return words.some((word) => INPUT.has(word)) ? 0 : 1;
}

/** A single order if the names differ only in their numbers. Otherwise all: hidden.2 may come before or after fc.1. */
function ordersWithin(layers: readonly NamedLayer[]): NamedLayer[][] {
  return areAlike(layers) ? [[...layers].sort((a, b) => naturalOrder(a.key, b.key))] : permutations(layers);
}

/** True for names such as fc.1 and fc.2, or “dense” and “dense.1”, as Keras counts. */
function areAlike(layers: readonly NamedLayer[]): boolean {
  return new Set(layers.map(({ key }) => key.replace(/\.?\d+/g, ''))).size === 1;
}

/** At most 5,040, because a network has at most seven layers. */
function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((first, k) =>
    permutations([...list.slice(0, k), ...list.slice(k + 1)]).map((rest) => [first, ...rest]),
  );
}
