// Which classes are read as which. Pure.

export interface Confusion {
  classes: number;
  /** Images: [class of the label, class that was read] */
  counts: Uint32Array;
}

/** @param predicted and labels: [images], classes */
export function confusionOf(predicted: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Confusion {
  const counts = new Uint32Array(classes * classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]! * classes + predicted[i]!]!++;
  return { classes, counts };
}

/** Images of a class. */
export function labelled({ classes, counts }: Confusion, label: number): number {
  return counts.subarray(label * classes, (label + 1) * classes).reduce((sum, count) => sum + count, 0);
}

/** Images that are read as a class. */
export function readAs({ classes, counts }: Confusion, label: number): number {
  let sum = 0;
  for (let row = 0; row < classes; row++) sum += counts[row * classes + label]!;
  return sum;
}

/** Share of the images of a class that are read as it; NaN where it has none. */
export function recall(confusion: Confusion, label: number): number {
  return confusion.counts[label * confusion.classes + label]! / labelled(confusion, label);
}

/** Share of the images read as a class that are of it; NaN where none is read so. */
export function precision(confusion: Confusion, label: number): number {
  return confusion.counts[label * confusion.classes + label]! / readAs(confusion, label);
}

export interface ConfusedPair {
  label: number;
  predicted: number;
  count: number;
}

/** Classes that are read as another, most often first. */
export function confusedPairs({ classes, counts }: Confusion): ConfusedPair[] {
  const pairs: ConfusedPair[] = [];
  for (let label = 0; label < classes; label++) {
    for (let predicted = 0; predicted < classes; predicted++) {
      const count = counts[label * classes + predicted]!;
      if (count > 0 && predicted !== label) pairs.push({ label, predicted, count });
    }
  }
  return pairs.sort((a, b) => b.count - a.count || a.label - b.label || a.predicted - b.predicted);
}
