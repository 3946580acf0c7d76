// Whether one attempt reads the same images better than another, by more than chance.
import type { Attempt } from './trial';

/** Standard deviations; a chance of less than one in a thousand. */
const CLEAR = 3.3;
/** Networks that were trained little read a few images fewer right when a wrong scaling makes them surer. */
const ABOUT_AS_MANY = 1;
/**
 * Losses of the same images differ from each other far less by chance, but a network may also be too sure of itself, or
 * not enough.
 */
const CLEAR_LOSS = 6;
/** Share of the other loss that is at most left if the loss is to decide. */
const MUCH_LESS = 0.75;

/** Share of the images, 0 to 1. */
export function accuracyOf({ isRight }: Attempt): number {
  return isRight.reduce((sum, right) => sum + right, 0) / isRight.length;
}

export function meanLossOf({ losses }: Attempt): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/**
 * The least loss: with the scaling that it was trained with, a network is neither too sure of itself nor not enough.
 * @param attempts at least one
 */
export function bestOf(attempts: readonly Attempt[]): Attempt {
  return attempts.reduce((best, attempt) => (meanLossOf(attempt) < meanLossOf(best) ? attempt : best));
}

/**
 * More images are right by more than chance; or about as many are right, and the loss is far lower. An untrained
 * network is better with nothing, even if it guesses one class more often.
 * @param classes that the network tells apart
 */
export function isClearlyBetter(attempt: Attempt, than: Attempt, classes: number): boolean {
  const gain = gainOver(attempt, than);
  if (standardDeviations(gain) < -ABOUT_AS_MANY || accuracyOf(attempt) < leastAccuracy(classes)) return false;
  const [loss, otherLoss] = [meanLossOf(attempt), meanLossOf(than)];
  const isFarLessLoss = loss < MUCH_LESS * otherLoss && isClearlyLessLoss(attempt, than);
  const hasHalfTheErrors = 1 - accuracyOf(attempt) < (1 - accuracyOf(than)) / 2;
  return isFarLessLoss || (standardDeviations(gain) > CLEAR && (hasHalfTheErrors || loss < otherLoss));
}

/** By the differences of the losses of each image. */
export function isClearlyLessLoss(attempt: Attempt, than: Attempt): boolean {
  const differences = attempt.losses.map((loss, k) => than.losses[k]! - loss);
  const count = differences.length;
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / count;
  const variance = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0) / count;
  return mean > CLEAR_LOSS * Math.sqrt(variance / count);
}

interface Gain {
  gained: number;
  lost: number;
}

/** Images that only one of the two reads right. */
function gainOver(attempt: Attempt, than: Attempt): Gain {
  const gain = { gained: 0, lost: 0 };
  attempt.isRight.forEach((right, k) => {
    if (right > than.isRight[k]!) gain.gained++;
    else if (right < than.isRight[k]!) gain.lost++;
  });
  return gain;
}

/** From no difference. McNemar 1947, "Note on the sampling error of the difference between correlated proportions". */
function standardDeviations({ gained, lost }: Gain): number {
  return gained === lost ? 0 : (gained - lost) / Math.sqrt(gained + lost);
}

/** Well above what guessing gives. */
function leastAccuracy(classes: number): number {
  return Math.min(0.75, Math.max(0.15, 2.5 / classes));
}
