// Selects and sorts the test images of the gallery. Pure.
import type { TestPredictions } from '../../src-shared/runs/predictions';
import { crossEntropy } from '../../src-shared/nn/cross-entropy-loss';

export type GalleryFilter =
  | { kind: 'mistakes' }
  /** Images with this label and this prediction. If undefined, any. */
  | { kind: 'cell'; label: number | undefined; predicted: number | undefined }
  /** Images whose label could be wrong. */
  | { kind: 'suspects' };

export const SORTS = [
  ['loss', 'worst loss first'],
  ['confidence', 'surest first'],
  ['class', 'by class'],
  ['margin', 'closest call first'],
] as const;
export type Sort = (typeof SORTS)[number][0];

export interface GallerySource {
  predictions: TestPredictions;
  labels: Uint16Array;
  classes: number;
  /** Positions in the test set of the images whose label could be wrong, see couldBeLabelErrors. */
  suspects: Uint32Array;
  /** Positions in the test set. If given, the gallery shows only these. */
  chosen: Uint32Array | undefined;
}

/** Cross-entropy of an image: −log of its label's probability. */
export function lossOf({ predictions, labels, classes }: GallerySource, image: number): number {
  return crossEntropy(predictions.probabilities[image * classes + labels[image]!]!);
}

/** Probability of the most likely class minus that of the second, 0 to 1. */
export function marginOf({ predictions, classes }: GallerySource, image: number): number {
  const p = predictions.probabilities.subarray(image * classes, (image + 1) * classes);
  let [first, second] = [0, 0];
  for (let k = 0; k < classes; k++) {
    if (p[k]! > first) [first, second] = [p[k]!, first];
    else if (p[k]! > second) second = p[k]!;
  }
  return first - second;
}

/** @returns positions in the test set */
export function galleryImages(source: GallerySource, filter: GalleryFilter, sort: Sort): Uint32Array {
  const { predictions, labels, chosen, suspects } = source;
  const among = chosen && new Set(chosen);
  const candidates =
    filter.kind === 'suspects' ? suspects : Uint32Array.from({ length: labels.length }, (_, image) => image);
  const passes = (image: number): boolean => {
    if (among && !among.has(image)) return false;
    const [label, predicted] = [labels[image], predictions.predicted[image]];
    if (filter.kind === 'mistakes') return label !== predicted;
    return (
      filter.kind === 'suspects' || ((filter.label ?? label) === label && (filter.predicted ?? predicted) === predicted)
    );
  };
  const images = candidates.filter(passes);
  const keys = new Map(Array.from(images, (image) => [image, sortKey(source, sort, image)]));
  // Ties are in the order of the test set, as the mistakes on the Training tab are.
  return images.sort((a, b) => keys.get(a)! - keys.get(b)! || a - b);
}

function sortKey(source: GallerySource, sort: Sort, image: number): number {
  switch (sort) {
    case 'loss':
      return -lossOf(source, image);
    case 'confidence':
      return -source.predictions.confidence[image]!;
    case 'class':
      return source.labels[image]! * source.classes + source.predictions.predicted[image]!;
    case 'margin':
      return marginOf(source, image);
  }
}

/** Such as "labelled 4, predicted 9". */
export function filterInWords(filter: GalleryFilter, classNames: readonly string[]): string {
  if (filter.kind === 'mistakes') return 'misclassified';
  if (filter.kind === 'suspects') return 'whose label could be wrong';
  const { label, predicted } = filter;
  if (label === undefined) return `predicted ${classNames[predicted ?? 0]}`;
  return predicted === undefined
    ? `labelled ${classNames[label]}`
    : `labelled ${classNames[label]}, predicted ${classNames[predicted]}`;
}
