// The possible orders of layers, for files that contain only weights.
import { naturalOrder } from '../../files/natural-order';
import type { StoredDense, StoredNormalization } from './stored-kinds';

/** One way to chain the Dense layers and the normalizations. */
export interface Arrangement {
  dense: StoredDense[];
  /** By the number of Dense layers before it. */
  normalizations: Map<number, StoredNormalization>;
}

/** All orders in which the shapes fit. If some of them follow the numbers in the names, only those. */
export function denseOrders(layers: readonly StoredDense[]): StoredDense[][] {
  const all = chains(layers, []);
  const keys = keysOf(layers);
  const inOrder = all.filter((chain) => followsNumbers(chain.map((layer) => keys.get(layer)!)));
  return inOrder.length > 0 ? inOrder : all;
}

function chains(left: readonly StoredDense[], chain: StoredDense[]): StoredDense[][] {
  if (left.length === 0) return [chain];
  const outputs = chain.at(-1)?.kernel.shape[1];
  const next = left.filter(({ kernel }) => outputs === undefined || kernel.shape[0] === outputs);
  return next.flatMap((layer) =>
    chains(
      left.filter((other) => other !== layer),
      [...chain, layer],
    ),
  );
}

/** The names in the model, or the paths if the names are not unique. */
function keysOf<L extends { name: string; path: string }>(layers: readonly L[]): Map<L, string> {
  const isUnique = new Set(layers.map(({ name }) => name)).size === layers.length;
  return new Map(layers.map((layer) => [layer, isUnique ? layer.name : layer.path]));
}

function followsNumbers(names: readonly string[]): boolean {
  const stem = (name: string) => name.replace(/_?\d+$/, '');
  return names.every((name, k) =>
    names.slice(k + 1).every((later) => stem(later) !== stem(name) || naturalOrder(name, later) <= 0),
  );
}

/**
 * Normalization layers can follow any Dense layer with as many outputs. They can also precede the first Dense layer,
 * with a number for all pixels, for each pixel, or for each column.
 */
export function arrangements(dense: StoredDense[], normalizations: readonly StoredNormalization[]): Arrangement[] {
  const keys = keysOf(normalizations);
  const inOrder = [...normalizations].sort((a, b) => naturalOrder(keys.get(a)!, keys.get(b)!));
  const features = [dense[0]!.kernel.shape[0]!, ...dense.map(({ kernel }) => kernel.shape[1]!)];
  const place = (k: number, from: number, placed: [number, StoredNormalization][]): Arrangement[] => {
    const normalization = inOrder[k];
    if (!normalization) return [{ dense, normalizations: new Map(placed) }];
    return features.flatMap((count, slot) => {
      const size = normalization.mean.values.length;
      const fits =
        slot >= from &&
        (size === count || (slot === 0 && (size === 1 || size * size === count))) &&
        (slot === 0 || normalization.kind !== 'normalization');
      return fits ? place(k + 1, slot + 1, [...placed, [slot, normalization]]) : [];
    });
  };
  return place(0, 0, []);
}
