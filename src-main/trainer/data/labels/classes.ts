// The classes of a dataset: the labels that occur, in ascending order.
import { StudioError } from '../../../../src-shared/errors';
import { classNumbers, countPerClass, MOST_CLASSES } from './labels';
import type { FileLabels } from './label-values';
import { inWords } from '../number-words';

export interface Classes {
  /** The label of each class, ascending. */
  labels: number[];
  /** Class numbers of the training images and of the test images, [count]. */
  train: Uint16Array;
  test: Uint16Array | undefined;
  notes: string[];
}

/** This many test images with the same label are no coincidence. */
const UNLABELLED = 10;
/** An extreme label with at most this share of the training images may mean “no label”. */
const MARK_SHARE = 0.02;

/**
 * The classes of every dataset are the labels that occur in its training or test set.
 * @param names names of the labels 0, 1, …, if the labels in the files are words
 * Throws label-out-of-range, too-many-classes.
 */
export function classesOf(train: FileLabels, test: FileLabels | undefined, names?: readonly string[]): Classes {
  const inTrain = new Set(train.labels);
  const inTest = new Set(test?.labels);
  if (inTrain.size === 1) {
    throw new StudioError(
      'label-out-of-range',
      `${train.name} holds the label ${train.labels[0]} for all images: expected at least two different ` +
        'labels. Please check that these are the labels.',
    );
  }
  if (test && inTest.size === 1 && test.labels.length >= UNLABELLED) {
    throw new StudioError(
      'label-out-of-range',
      `${test.name} holds the label ${test.labels[0]} for all ${inWords(test.labels.length)} images, as test ` +
        'sets without labels do: expected the true labels. ' +
        'Please add them, or move both test files away to test with a share of the training images.',
    );
  }
  const labels = [...new Set([...inTrain, ...inTest])].sort((a, b) => a - b);
  if (labels.length > MOST_CLASSES) {
    throw new StudioError(
      'too-many-classes',
      `${test ? `${train.name} and ${test.name} hold` : `${train.name} holds`} ${inWords(labels.length)} ` +
        `different labels, from ${inWords(labels[0]!)} to ${inWords(labels.at(-1)!)}: ` +
        `expected at most ${inWords(MOST_CLASSES)} classes. Please check that these are the labels.`,
    );
  }
  const numbers = classNumbers(train.labels, labels);
  return {
    labels,
    train: numbers,
    test: test && classNumbers(test.labels, labels),
    notes: [
      ...ruleNote(labels),
      ...unseenNotes(labels, inTrain, test, names),
      ...markNotes(labels, numbers),
      ...formNotes(train, test),
    ],
  };
}

/** A note unless the labels count from 0 without a gap. */
function ruleNote(labels: number[]): string[] {
  if (labels[0] === 0 && labels.at(-1) === labels.length - 1) return [];
  return [`The classes are the labels that occur, in ascending order: ${listed(labels)}.`];
}

function unseenNotes(
  labels: number[],
  inTrain: ReadonlySet<number>,
  test: FileLabels | undefined,
  names?: readonly string[],
): string[] {
  const unseen = labels.filter((label) => !inTrain.has(label));
  if (!test || unseen.length === 0) return [];
  const images = test.labels.reduce((sum, label) => sum + (inTrain.has(label) ? 0 : 1), 0);
  return [
    `${inWords(images)} test images have a label that no training image has ` +
      `(${names ? unseen.map((label) => `“${names[label]}”`).join(', ') : listed(unseen)}): the network cannot ` +
      'learn it, so each of them counts as a mistake.',
  ];
}

/** Notes on labels −1 and 255, which often mean “no label”. */
function markNotes(labels: number[], train: Uint16Array): string[] {
  const perClass = countPerClass(train, labels.length);
  const rare = (k: number) => perClass[k]! > 0 && perClass[k]! <= MARK_SHARE * train.length;
  const [last, first] = [labels.length - 1, 0];
  const suspects =
    labels.length < 3
      ? []
      : [
          ...(labels[last] === 255 && labels[last - 1]! < 254 && rare(last) ? [last] : []),
          ...(labels[first] === -1 && rare(first) ? [first] : []),
        ];
  return suspects.map(
    (k) =>
      `The label ${labels[k]} is a class of its own here (training images: ${inWords(perClass[k]!)}). If it ` +
      'means “no label”, please remove these images from the files.',
  );
}

function formNotes(train: FileLabels, test: FileLabels | undefined): string[] {
  const oneHot = [train, ...(test ? [test] : [])].filter(({ form }) => form === 'one-hot');
  return oneHot.length === 0
    ? []
    : [
        `${oneHot.map(({ name }) => name).join(' and ')}: the label of an image is the column of the 1 in its ` +
          'row (one-hot), counted from 0.',
      ];
}

/** A short list of the labels: “3 and 7”, “1 to 26”, “0, 2, 4, …, 98 (50 labels)”. */
function listed(labels: readonly number[]): string {
  if (labels.length === 1) return String(labels[0]);
  if (labels.length > 2 && labels.at(-1)! - labels[0]! === labels.length - 1) return `${labels[0]} to ${labels.at(-1)}`;
  const all = labels.map(String);
  return labels.length <= 12
    ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
    : `${all.slice(0, 3).join(', ')}, …, ${all.at(-1)} (${inWords(labels.length)} labels)`;
}
