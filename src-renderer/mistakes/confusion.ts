// The confusion matrix: which classes are predicted as which. Pure.
import { toCsv } from '../ui/csv';

export interface Confusion {
  classes: number;
  /** Images: [label, predicted class] */
  counts: Uint32Array;
}

/** @param predicted [images], classes. @param labels the same */
export function confusionOf(predicted: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Confusion {
  const counts = new Uint32Array(classes * classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]! * classes + predicted[i]!]!++;
  return { classes, counts };
}

/** Images with a label. */
export function labelled({ classes, counts }: Confusion, label: number): number {
  return counts.subarray(label * classes, (label + 1) * classes).reduce((sum, count) => sum + count, 0);
}

/** Images with a prediction. */
export function predictedAs({ classes, counts }: Confusion, label: number): number {
  let sum = 0;
  for (let row = 0; row < classes; row++) sum += counts[row * classes + label]!;
  return sum;
}

/** Share of a class's images that are predicted as it. NaN if it has no images. */
export function recall(confusion: Confusion, label: number): number {
  return confusion.counts[label * confusion.classes + label]! / labelled(confusion, label);
}

/** Share of the images predicted as a class that belong to it. NaN if none is predicted so. */
export function precision(confusion: Confusion, label: number): number {
  return confusion.counts[label * confusion.classes + label]! / predictedAs(confusion, label);
}

export interface ConfusedPair {
  label: number;
  predicted: number;
  count: number;
}

/** Pairs of different classes, label and prediction, the most frequent first. */
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

/** A row for each label, with the number of its images that are predicted as each class. */
export function matrixTable({ classes, counts }: Confusion, classNames: readonly string[]): string {
  const rows = classNames.map((name, label) => [name, ...counts.subarray(label * classes, (label + 1) * classes)]);
  return toCsv(['labelled \\ read', ...classNames], rows);
}
