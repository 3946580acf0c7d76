// Takes the same share of each class at random, for held-out test sets and validation splits.
import type { Random } from '../../../../src-shared/nn/rng';
import { countPerClass } from '../labels/labels';

/** Images taken of each class: at least one if it has two, but never all. @param share 0 to 1 */
export function takenPerClass(perClass: ArrayLike<number>, share: number): number[] {
  return Array.from(perClass, (count) => (count < 2 ? 0 : Math.min(count - 1, Math.max(1, Math.round(count * share)))));
}

/** @param share 0 to 1. @returns [count], 1 for each image that is taken */
export function stratify(labels: Uint16Array, classes: number, share: number, random: Random): Uint8Array {
  const wanted = takenPerClass(countPerClass(labels, classes), share);
  const taken = new Uint8Array(labels.length);
  for (const position of random.permutation(labels.length)) {
    const label = labels[position]!;
    if (wanted[label] === 0) continue;
    wanted[label]!--;
    taken[position] = 1;
  }
  return taken;
}
