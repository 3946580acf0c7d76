// The classes by the rule of version 0.1: all numbers from the lowest to the highest training label, gaps included. Its
// runs have an output for each of them, so their datasets are still read by this rule.
import { StudioError } from '../../../../src-shared/errors';
import type { Classes } from './classes';
import type { FileLabels } from './label-values';
import { classNumbers, countPerClass, MOST_CLASSES } from './labels';
import { inWords } from '../number-words';

/** Throws too-many-classes, label-out-of-range. */
export function classesOfVersion01(train: FileLabels, test: FileLabels | undefined): Classes {
  const labels = range(train);
  const numbers = classNumbers(train.labels, labels);
  const without = countPerClass(numbers, labels.length).filter((count) => count === 0).length;
  if (without * 2 > labels.length) {
    throw new StudioError(
      'label-out-of-range',
      `${train.name} holds labels from ${labels[0]} to ${labels.at(-1)}, but only ${labels.length - without} ` +
        `of these ${inWords(labels.length)} have an image: ` +
        'expected most of them. Probably these are not labels: please check the file.',
    );
  }
  if (test) refuseOthers(test, train, labels);
  return { labels, train: numbers, test: test && classNumbers(test.labels, labels), notes: [] };
}

function range({ labels, name }: FileLabels): number[] {
  let lowest = labels[0]!;
  let highest = lowest;
  for (const label of labels) {
    if (label < lowest) lowest = label;
    else if (label > highest) highest = label;
  }
  const classes = highest - lowest + 1;
  if (classes === 1) {
    throw new StudioError(
      'label-out-of-range',
      `${name} holds the label ${lowest} for all images: expected at least two different labels. Please check ` +
        'that these are the labels.',
    );
  }
  if (classes > MOST_CLASSES) {
    throw new StudioError(
      'too-many-classes',
      `${name} holds labels from ${inWords(lowest)} to ${inWords(highest)}, which are ${inWords(classes)} ` +
        'classes: expected at most ' +
        `${inWords(MOST_CLASSES)}. Please check that these are the labels.`,
    );
  }
  return Array.from({ length: classes }, (_, k) => lowest + k);
}

function refuseOthers(test: FileLabels, train: FileLabels, labels: readonly number[]): void {
  const [lowest, highest] = [labels[0]!, labels.at(-1)!];
  const image = test.labels.findIndex((label) => label < lowest || label > highest);
  if (image < 0) return;
  throw new StudioError(
    'label-out-of-range',
    `${test.name} holds the label ${test.labels[image]} (of image ${inWords(image)}, counted from 0): expected ` +
      `labels from ${lowest} to ${highest}, ` +
      `as in ${train.name}. Please use files of one dataset.`,
  );
}
