// How often the network is right.
import type { Numbers, Matrix } from './matrix';
import { classIndices, type Targets } from './cross-entropy-loss';

/** The position of the largest number; the first one of equals, as NumPy's argmax. */
export function argmax(row: Numbers): number {
  let best = 0;
  for (let j = 1; j < row.length; j++) if (row[j]! > row[best]!) best = j;
  return best;
}

/** How many rows of probabilities [batch, classes] have their largest number at the right class. */
export function countCorrect(probabilities: Matrix, targets: Targets): number {
  const indices = classIndices(targets);
  let correct = 0;
  for (let n = 0; n < probabilities.rows; n++) if (argmax(probabilities.row(n)) === indices[n]) correct++;
  return correct;
}

/** The share of rows that are right, 0 to 1. */
export function accuracy(probabilities: Matrix, targets: Targets): number {
  return countCorrect(probabilities, targets) / probabilities.rows;
}
