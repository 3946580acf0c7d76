// Class numbers from 0 for the labels in the files.
export const MOST_CLASSES = 1000;

/** @param classLabels the label of each class; every label is one of them */
export function classNumbers(labels: Int32Array, classLabels: readonly number[]): Uint16Array {
  const numberOf = new Map(classLabels.map((label, number) => [label, number]));
  return Uint16Array.from(labels, (label) => numberOf.get(label)!);
}

/** @returns [classes], the number of images of each class */
export function countPerClass(labels: Uint16Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  return counts;
}
