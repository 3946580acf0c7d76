// Parts that the C programs share.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { IdxTestSource } from '../../../src-shared/data/test-source';
import { stringLiteral } from '../c/write';
import { firstLabel, hasNumbersInOrder } from './test-images';

const isPacked = (name: string) => name.endsWith('.gz');

/** The includes: before them the macro that declares popen if needed, after them the class labels if they have gaps. */
export function includes(
  file: string,
  { images, labels, classLabels }: IdxTestSource,
  headers: readonly string[],
): string {
  const posix = isPacked(images) || isPacked(labels) ? '#define _POSIX_C_SOURCE 200112L\n' : '';
  const table = hasNumbersInOrder(classLabels)
    ? ''
    : `\nstatic const int class_labels[MNIST_CLASSES] = {${classLabels.join(', ')}};\n`;
  return `${posix}${headers.map((header) => `#include <${header}>\n`).join('')}#include "${file}"\n${table}`;
}

/** A call that opens a file. If its name ends with .gz, it is unpacked by gzip, or its unpacked version is opened. */
export function openFile(name: string): string {
  if (!isPacked(name)) return `fopen(${stringLiteral(name)}, "rb")`;
  const quoted = (path: string) => `'${path.replaceAll("'", "'\\''")}'`;
  return `popen(${stringLiteral(`gzip -dcf ${quoted(name)} || cat ${quoted(name.slice(0, -'.gz'.length))}`)}, "r")`;
}

/** The pixel for number i of an image in the file. If the file swaps rows and columns, i runs down the columns. */
export function pixelPlace({ transposed }: IdxTestSource): string {
  return transposed ? 'i % MNIST_ROWS * MNIST_COLUMNS + i / MNIST_ROWS' : 'i';
}

/** Computes the variable `best` from `pixels`. */
export const predictedClass = `    int best = 0;
    mnist_predict(pixels, probabilities);
    for (int j = 1; j < MNIST_CLASSES; j++) if (probabilities[j] > probabilities[best]) best = j;`;

/** An expression that is 1 if `best` is the class of the label. */
export function correctIn({ classLabels }: IdxTestSource, label = 'label'): string {
  if (!hasNumbersInOrder(classLabels)) return `class_labels[best] == ${label}`;
  const first = firstLabel(classLabels);
  return first === 0 ? `best == ${label}` : `best ${first < 0 ? '-' : '+'} ${Math.abs(first)} == ${label}`;
}

export function result({ result: { testAccuracy } }: Checkpoint): string {
  return `  printf("test accuracy %.10g, the app says %.10g\\n", (double)correct / count, (double)${testAccuracy});`;
}
