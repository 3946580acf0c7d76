// How often the network is right.
import type { Matrix, Numbers } from './matrix';

/** The position of the largest number; the first one if several are equal, as NumPy's argmax. */
export function argmax(row: Numbers): number {
  let best = 0;
  for (let j = 1; j < row.length; j++) if (row[j]! > row[best]!) best = j;
  return best;
}

/**
 * The number of rows whose most probable class is the right one.
 * @param probabilities [batch, classes]
 * @param targets [batch], class numbers
 */
export function countCorrect(probabilities: Matrix, targets: ArrayLike<number>): number {
  let correct = 0;
  for (let n = 0; n < probabilities.rows; n++) if (argmax(probabilities.row(n)) === targets[n]) correct++;
  return correct;
}
