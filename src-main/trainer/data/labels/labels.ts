// From the labels in the files to class numbers from 0.
import type { ImageSet } from '../dataset';

export const MOST_CLASSES = 1000;

/** @param classLabels the label of each class; every label is one of them */
export function classNumbers(labels: Int32Array, classLabels: readonly number[]): Uint16Array {
  const numberOf = new Map(classLabels.map((label, number) => [label, number]));
  return Uint16Array.from(labels, (label) => numberOf.get(label)!);
}

export function countPerClass(labels: ImageSet['labels'], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  return counts;
}
