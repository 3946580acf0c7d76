// Which of two scores is the better one.
import type { Score } from './shown';

/** Higher accuracy; of equals, lower loss. */
export function isBetter(score: Score, than: Score): boolean {
  return score.accuracy > than.accuracy || (score.accuracy === than.accuracy && score.loss < than.loss);
}
