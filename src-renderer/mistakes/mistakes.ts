// The misclassified test images as they are shown. Pure.
import type { Mistakes } from '../client/find-mistakes';
import { labelError } from '../client/browsing';
import { testImage } from '../client/test-image';
import type { LoadedDataset } from '../client/training';

export interface Mistake {
  /** Position in the test set, from 0. */
  index: number;
  predicted: string;
  truth: string;
  /** What is known of its label where that is wrong. */
  labelError: string | undefined;
  confidence: number;
  loss: number;
  /** [rows × columns] */
  pixels: Uint8Array;
}

/** Mistakes from `first` on, at most `count`, worst first. */
export function mistakesFrom(dataset: LoadedDataset, mistakes: Mistakes, first: number, count: number): Mistake[] {
  const length = Math.max(0, Math.min(count, mistakes.index.length - first));
  return Array.from({ length }, (_, position) => {
    const at = first + position;
    return mistakeOf(dataset, {
      index: mistakes.index[at]!,
      predicted: mistakes.predicted[at]!,
      confidence: mistakes.confidence[at]!,
      loss: mistakes.loss[at]!,
    });
  });
}

/** A test image with what the network makes of it, as it is shown. */
export function mistakeOf(
  dataset: LoadedDataset,
  { index, predicted, confidence, loss }: Record<'index' | 'predicted' | 'confidence' | 'loss', number>,
): Mistake {
  const { classNames } = dataset.info;
  const truth = classNames[dataset.testLabels[index]!] ?? '?';
  return {
    index,
    predicted: classNames[predicted] ?? '?',
    truth,
    labelError: labelError(dataset.info, index, truth),
    confidence,
    loss,
    pixels: testImage(dataset, index),
  };
}

/** Height in CSS pixels of the two lines of text under the image of a card. */
export const TEXT_HEIGHT = 42;
/** The same with the third line, the loss. */
export const FULL_TEXT_HEIGHT = 60;

/**
 * CSS pixels that "read X, is Y" takes, or most of it where names are long; a card of more would leave room for few.
 */
export function narrowestCard(classNames: readonly string[]): number {
  return Math.min(180, 60 + 14 * Math.max(...classNames.map((name) => name.length)));
}

/** Cards that fit into a room. Sizes in CSS pixels. */
export function cardsThatFit(
  room: { width: number; height: number },
  card: { width: number; height: number },
  gap: number,
): number {
  const along = (length: number, size: number): number => Math.max(1, Math.floor((length + gap) / (size + gap)));
  return along(room.width, card.width) * along(room.height, card.height);
}
