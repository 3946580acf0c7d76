// From the labels in the files to class numbers from 0, and how many classes there are.
import { StudioError } from '../../../src-shared/errors';
import type { LabelRange } from './class-names';
import type { ImageSet } from './dataset';
import { inWords } from './number-words';

const MOST_CLASSES = 1000;

/** What the training labels span. Throws too-many-classes, label-out-of-range. */
export function labelRange(labels: Int32Array, file: string): LabelRange {
  let lowest = labels[0]!;
  let highest = lowest;
  for (let i = 1; i < labels.length; i++) {
    const label = labels[i]!;
    if (label < lowest) lowest = label;
    else if (label > highest) highest = label;
  }
  const classes = highest - lowest + 1;
  if (classes === 1) {
    throw new StudioError(
      'label-out-of-range',
      `${file} holds the label ${lowest} for all images: expected at least two different labels. Please check that these are the labels.`,
    );
  }
  if (classes > MOST_CLASSES) {
    throw new StudioError(
      'too-many-classes',
      `${file} holds labels from ${inWords(lowest)} to ${inWords(highest)}, which are ${inWords(classes)} classes: expected at most ` +
        `${inWords(MOST_CLASSES)}. Please check that these are the labels.`,
    );
  }
  const range = { lowest, classes };
  const without = countPerClass(classNumbers(labels, range, file, file), classes).filter((count) => count === 0).length;
  if (without * 2 > classes) {
    throw new StudioError(
      'label-out-of-range',
      `${file} holds labels from ${lowest} to ${highest}, but only ${classes - without} of these ${inWords(classes)} have an image: ` +
        'expected most of them. Probably these are not labels: please check the file.',
    );
  }
  return range;
}

/** @param trainFile where the range comes from. Throws label-out-of-range. */
export function classNumbers(labels: Int32Array, { lowest, classes }: LabelRange, file: string, trainFile: string): Uint16Array {
  const numbers = new Uint16Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const number = labels[i]! - lowest;
    if (number < 0 || number >= classes) {
      throw new StudioError(
        'label-out-of-range',
        `${file} holds the label ${labels[i]} (of image ${inWords(i)}, counted from 0): expected labels from ${lowest} to ${lowest + classes - 1}, ` +
          `as in ${trainFile}. Please use files of one dataset.`,
      );
    }
    numbers[i] = number;
  }
  return numbers;
}

export function countPerClass(labels: ImageSet['labels'], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  return counts;
}
