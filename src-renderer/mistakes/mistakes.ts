// The mistakes among the network's predictions, worst first, each with its picture out of the test set. Pure.
import type { TestPredictions } from '../../src-shared/contract';
import { crossEntropy } from '../../src-shared/nn/cross-entropy-loss';
import { labelError } from '../client/browsing';
import { testImage } from '../client/test-image';
import type { LoadedDataset } from '../client/training';

/** Misread test images, worst loss first; the four arrays run alongside. */
export interface Mistakes {
  /** Position in the test set, from 0. */
  index: Uint32Array;
  predicted: Uint16Array;
  /** Probability that the network gave its own answer, 0 to 1. */
  confidence: Float32Array;
  loss: Float32Array;
}

/** Images whose prediction is not their label, worst loss first, and of equals the first in the test set first. */
export function findMistakes({ predicted, confidence, probabilities }: TestPredictions, labels: Uint16Array): Mistakes {
  const classes = probabilities.length / labels.length;
  const lossOf = (i: number): number => crossEntropy(probabilities[i * classes + labels[i]!]!);
  const wrong: { i: number; loss: number }[] = [];
  for (let i = 0; i < labels.length; i++) if (predicted[i] !== labels[i]) wrong.push({ i, loss: lossOf(i) });
  wrong.sort((a, b) => b.loss - a.loss || a.i - b.i);
  return {
    index: Uint32Array.from(wrong, ({ i }) => i),
    predicted: Uint16Array.from(wrong, ({ i }) => predicted[i]!),
    confidence: Float32Array.from(wrong, ({ i }) => confidence[i]!),
    loss: Float32Array.from(wrong, ({ loss }) => loss),
  };
}

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
