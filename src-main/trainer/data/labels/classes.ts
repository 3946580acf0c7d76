// Which classes a dataset has: the labels that occur, in ascending order.
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

/** From how many test images on it is no chance that all have the same label. */
const UNLABELLED = 10;
/** A label that stands apart and has at most this share of the training images may be a mark for “no label”. */
const MARK_SHARE = 0.02;

/**
 * One rule for every dataset: the classes are the labels that occur among the training or the test images.
 * @param names of the labels 0, 1, …, if they are words in the files
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

/** Nothing to say if they count from 0 without a gap. */
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

/** −1 and 255 are used for “no label”. */
function markNotes(labels: number[], train: Uint16Array): string[] {
  const perClass = countPerClass(train, labels.length);
  const rare = (k: number) => perClass[k]! > 0 && perClass[k]! <= MARK_SHARE * train.length;
  const [last, first] = [labels.length - 1, 0];
  const apart =
    labels.length < 3
      ? []
      : [
          ...(labels[last] === 255 && labels[last - 1]! < 254 && rare(last) ? [last] : []),
          ...(labels[first] === -1 && rare(first) ? [first] : []),
        ];
  return apart.map(
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

/** The labels in words, shortened: “3 and 7”, “1 to 26”, “0, 2, 4, …, 98 (50 labels)”. */
function listed(labels: readonly number[]): string {
  if (labels.length === 1) return String(labels[0]);
  if (labels.length > 2 && labels.at(-1)! - labels[0]! === labels.length - 1) return `${labels[0]} to ${labels.at(-1)}`;
  const all = labels.map(String);
  return labels.length <= 12
    ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
    : `${all.slice(0, 3).join(', ')}, …, ${all.at(-1)} (${inWords(labels.length)} labels)`;
}
