// The misclassified test images as their cards show them, and how many cards fit. Pure.
import type { Mistakes } from '../client/find-mistakes';
import { labelError } from '../client/browsing';
import { testImage } from '../client/test-image';
import type { LoadedDataset } from '../client/training';

/** A test image with its label and prediction by name. */
export interface Mistake {
  /** Position in the test set, from 0. */
  index: number;
  predicted: string;
  truth: string;
  /** A note if the label is published as wrong. */
  labelError: string | undefined;
  confidence: number;
  loss: number;
  /** [rows × columns] */
  pixels: Uint8Array;
}

/** At most `count` mistakes, worst first, from the one at position `first`. */
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

/** CSS pixels: height of a line of a card's text, distance of the text from the image. */
const LINE = 18;
const ABOVE = 6;
/** CSS pixels: width of "100.0% sure", of "pred. , is ", of "pred. ", and of a character of a name on average. */
const SURE = 82;
const BESIDE = 66;
const STACKED = 42;
const CHARACTER = 7.5;
/** Longest names, in characters, of which two fit on one line of a card. */
const LONGEST_BESIDE = 4;
/** Longer names are cut off: wider cards would leave room for few. */
const MOST_CHARACTERS = 18;

export interface CardText {
  /** CSS pixels that the text needs. */
  width: number;
  height: number;
  /** Whether the prediction and the label have a line each, because names are long. */
  stacked: boolean;
}

/** @param full whether the card also has the loss */
export function cardText(classNames: readonly string[], full: boolean): CardText {
  const longest = Math.min(MOST_CHARACTERS, Math.max(...classNames.map((name) => name.length)));
  const stacked = longest > LONGEST_BESIDE;
  const named = stacked ? STACKED + CHARACTER * longest : BESIDE + 2 * CHARACTER * longest;
  return {
    width: Math.ceil(Math.max(SURE, named)),
    height: ABOVE + LINE * (2 + Number(stacked) + Number(full)),
    stacked,
  };
}

/** How many cards fit into a room, at least 1. Sizes in CSS pixels. */
export function cardsThatFit(
  room: { width: number; height: number },
  card: { width: number; height: number },
  gap: number,
): number {
  const along = (length: number, size: number): number => Math.max(1, Math.floor((length + gap) / (size + gap)));
  return along(room.width, card.width) * along(room.height, card.height);
}
