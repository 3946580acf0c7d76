// Keeps a history of bounded length: the first item, the newest one, and items spread evenly over the run in between.
import type { Gradients } from './gradients';
import type { TrainPoint } from './score';

/** How many gradient events of a run are kept at most. */
export const MOST_GRADIENTS = 400;
/** How many points of a run's training curve are kept at most. */
export const MOST_POINTS = 2000;
/** For how many epochs of a run the predictions for the test images are kept at most. */
export const MOST_PREDICTIONS = 100;

/**
 * Adds items to a history. While it has more than `most`, the item whose neighbours are closest together is removed,
 * so that the rest stays evenly spread. The first and the newest item always stay.
 * @param at the position of an item in the run, in epochs with their fraction; grows from item to item
 * @returns a new array
 */
export function addThinned<T>(history: readonly T[], added: readonly T[], most: number, at: (item: T) => number): T[] {
  const kept = [...history];
  for (const item of added) {
    kept.push(item);
    while (kept.length > Math.max(2, most)) kept.splice(leastMissedIndex(kept, at), 1);
  }
  return kept;
}

function leastMissedIndex<T>(items: readonly T[], at: (item: T) => number): number {
  let least = 1;
  let smallest = Infinity;
  for (let index = 1; index < items.length - 1; index++) {
    const gap = at(items[index + 1]!) - at(items[index - 1]!);
    if (gap < smallest) [least, smallest] = [index, gap];
  }
  return least;
}

export function addPoints(points: readonly TrainPoint[], added: readonly TrainPoint[]): TrainPoint[] {
  return addThinned(points, added, MOST_POINTS, ({ epochs }) => epochs);
}

const NO_HISTOGRAM = new Uint32Array();

/** All gradients keep their lengths, but only the newest keeps its histograms. */
export function addGradients(history: readonly Gradients[], newest: Gradients): Gradients[] {
  const withoutHistograms = (gradients: Gradients): Gradients => {
    if (gradients.layers[0]?.histogram.length === 0) return gradients;
    return { ...gradients, layers: gradients.layers.map((layer) => ({ ...layer, histogram: NO_HISTOGRAM })) };
  };
  return addThinned(history.map(withoutHistograms), [newest], MOST_GRADIENTS, ({ epochs }) => epochs);
}
