// Whether one attempt reads the same images better than another, by more than chance.
import type { Attempt } from './trial';

/** Standard deviations; a chance of less than one in a thousand. */
const CLEAR = 3.3;
/** Slopes are compared by losses, which differ from each other far less by chance. */
const CLEAR_LOSS = 4;

/** Share of the images, 0 to 1. */
export function accuracyOf({ isRight }: Attempt): number {
  return isRight.reduce((sum, right) => sum + right, 0) / isRight.length;
}

export function meanLossOf({ losses }: Attempt): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Most images right; of several, the one with the least loss. @param attempts at least one */
export function bestOf(attempts: readonly Attempt[]): Attempt {
  return attempts.reduce((best, attempt) => {
    const gain = accuracyOf(attempt) - accuracyOf(best);
    return gain > 0 || (gain === 0 && meanLossOf(attempt) < meanLossOf(best)) ? attempt : best;
  });
}

/**
 * Counts the images that only one of the two reads right (McNemar 1947, "Note on the sampling error of the difference between
 * correlated proportions"). An untrained network is better with nothing, even if it guesses one class more often.
 * @param classes that the network tells apart
 */
export function isClearlyBetter(attempt: Attempt, than: Attempt, classes: number): boolean {
  let gained = 0;
  let lost = 0;
  attempt.isRight.forEach((right, k) => {
    if (right > than.isRight[k]!) gained++;
    else if (right < than.isRight[k]!) lost++;
  });
  const isByChance = gained - lost <= CLEAR * Math.sqrt(gained + lost);
  if (isByChance || accuracyOf(attempt) < leastAccuracy(classes)) return false;
  const hasHalfTheErrors = 1 - accuracyOf(attempt) < (1 - accuracyOf(than)) / 2;
  return hasHalfTheErrors || meanLossOf(attempt) < meanLossOf(than);
}

/** By the losses of the same images, while no fewer of them are right. */
export function isClearlyLessLoss(attempt: Attempt, than: Attempt): boolean {
  const differences = attempt.losses.map((loss, k) => than.losses[k]! - loss);
  const count = differences.length;
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / count;
  const variance = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0) / count;
  return mean > CLEAR_LOSS * Math.sqrt(variance / count) && accuracyOf(attempt) >= accuracyOf(than);
}

/** Well above what guessing gives. */
function leastAccuracy(classes: number): number {
  return Math.min(0.75, Math.max(0.15, 2.5 / classes));
}
