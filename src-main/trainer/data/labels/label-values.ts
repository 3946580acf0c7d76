// Reads the labels of a file in each of the usual forms.
import { StudioError } from '../../../../src-shared/errors';
import type { TestSource } from '../../../../src-shared/data/test-source';
import { INT } from '../idx/idx-header';
import { numbersOf } from '../idx/idx-numbers';
import { inWords } from '../number-words';
import type { IdxFile } from '../idx/read-idx';

export interface FileLabels {
  /** Name of the file. */
  name: string;
  /** [count] */
  labels: Int32Array;
  form: TestSource['labelForm'];
}

/** QMNIST has eight numbers for each image: the digit, the writer, the position in NIST's files and so on. */
const QMNIST_COLUMNS = 8;

/**
 * @param firstOfRow whether the first number of every row is the label, however many there are, as in version 0.1
 * Throws label-out-of-range if the numbers are not labels, or there are several for each image.
 */
export function labelsOf(file: IdxFile, { firstOfRow = false } = {}): FileLabels {
  const { name, type, dimensions } = file;
  const [count, columns = 1] = dimensions as [number, number?];
  if (columns === 1) return { name, labels: everyNth(file, count, 1), form: 'number' };
  if (firstOfRow && type === INT) return { name, labels: everyNth(file, count, columns), form: 'first-of-eight' };
  const oneHot = oneHotLabels(file, count, columns);
  if (oneHot) return { name, labels: oneHot, form: 'one-hot' };
  if (columns === QMNIST_COLUMNS && type === INT)
    return { name, labels: everyNth(file, count, columns), form: 'first-of-eight' };
  throw new StudioError(
    'label-out-of-range',
    `${name} holds ${inWords(columns)} numbers for each image: expected its label alone, the eight numbers of ` +
      'QMNIST, or rows with one 1 and zeros (one-hot). ' +
      'Please save the column of the labels alone, in NumPy labels[:, 0].',
  );
}

function everyNth(file: IdxFile, count: number, step: number): Int32Array {
  const { at } = numbersOf(file);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const label = at(i * step);
    labels[i] = label;
    if (labels[i] !== label) {
      throw new StudioError(
        'label-out-of-range',
        `${file.name} holds ${label} for image ${inWords(i)} (counted from 0): expected labels that are whole ` +
          'numbers. Please check that these are the labels.',
      );
    }
  }
  return labels;
}

/** [count], the column of the 1 in each row; undefined if a row is not one 1 and zeros. */
function oneHotLabels(file: IdxFile, count: number, columns: number): Int32Array | undefined {
  const { at } = numbersOf(file);
  const labels = new Int32Array(count).fill(-1);
  for (let i = 0, position = 0; i < count; i++) {
    for (let column = 0; column < columns; column++, position++) {
      const value = at(position);
      if (value === 0) continue;
      if (value !== 1 || labels[i] !== -1) return undefined;
      labels[i] = column;
    }
    if (labels[i] === -1) return undefined;
  }
  return labels;
}
