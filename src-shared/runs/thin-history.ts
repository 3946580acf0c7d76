// Keeps a history of bounded length: the first item, the newest one, and between them items spread over the whole run.
import type { Gradients, TrainPoint } from './shown';

/** Most gradient events that are kept of a run. */
export const MOST_GRADIENTS = 400;
/** Most points of a training curve that are kept of a run. */
export const MOST_POINTS = 2000;
/** Most epochs of which the predicted class of each test image is kept. */
export const MOST_PREDICTIONS = 100;

/**
 * Adds items to a history. While it has more than `most`, the one is removed whose neighbours are closest together, so
 * that what stays is spread evenly. The first and the newest always stay.
 * @param at where an item stands in the run, in epochs with their fraction; grows from item to item
 * @returns a new array
 */
export function addThinned<T>(history: readonly T[], added: readonly T[], most: number, at: (item: T) => number): T[] {
  const kept = [...history];
  for (const item of added) {
    kept.push(item);
    while (kept.length > Math.max(2, most)) kept.splice(leastMissed(kept, at), 1);
  }
  return kept;
}

function leastMissed<T>(items: readonly T[], at: (item: T) => number): number {
  let least = 1;
  let smallest = Infinity;
  for (let index = 1; index < items.length - 1; index++) {
    const gap = at(items[index + 1]!) - at(items[index - 1]!);
    if (gap < smallest) [least, smallest] = [index, gap];
  }
  return least;
}

/** Adds points to a training curve. */
export function addPoints(points: readonly TrainPoint[], added: readonly TrainPoint[]): TrainPoint[] {
  return addThinned(points, added, MOST_POINTS, ({ epochs }) => epochs);
}

const NO_HISTOGRAM = new Uint32Array();

/** Adds gradients. All keep their lengths, but only the newest keeps its histograms. */
export function addGradients(history: readonly Gradients[], newest: Gradients): Gradients[] {
  const lengths = (gradients: Gradients): Gradients => {
    if (gradients.layers[0]?.histogram.length === 0) return gradients;
    return { ...gradients, layers: gradients.layers.map((layer) => ({ ...layer, histogram: NO_HISTOGRAM })) };
  };
  return addThinned(history.map(lengths), [newest], MOST_GRADIENTS, ({ epochs }) => epochs);
}
