// Statistical comparison of two attempts on the same images: is one better by more than chance?
import type { Attempt } from './trial';

/** In standard deviations: a chance of less than one in a thousand. */
const CLEAR = 3.3;
/** In standard deviations: so many fewer correct images still count as “about as many”. */
const ABOUT_AS_MANY = 1;
/**
 * In standard deviations. Losses of the same images vary less by chance, but also depend on the network's confidence.
 */
const CLEAR_LOSS = 6;
/** The loss decides only if it is below this share of the other loss. */
const MUCH_LESS = 0.75;

/** Share of correctly classified images, 0 to 1. */
export function accuracyOf({ isCorrect }: Attempt): number {
  return isCorrect.reduce((sum, correct) => sum + correct, 0) / isCorrect.length;
}

export function meanLossOf({ losses }: Attempt): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/**
 * The attempt with the lowest loss: with the scaling of its training, a network is neither over- nor underconfident.
 * @param attempts at least one
 */
export function bestOf(attempts: readonly Attempt[]): Attempt {
  return attempts.reduce((best, attempt) => (meanLossOf(attempt) < meanLossOf(best) ? attempt : best));
}

/**
 * True if more images are correct by more than chance, or if about as many are correct and the loss is far lower. Never
 * true for the guesses of an untrained network.
 * @param classes number of classes
 */
export function isClearlyBetter(attempt: Attempt, than: Attempt, classes: number): boolean {
  const gain = gainOver(attempt, than);
  if (standardDeviations(gain) < -ABOUT_AS_MANY || accuracyOf(attempt) < leastAccuracy(classes)) return false;
  const [loss, otherLoss] = [meanLossOf(attempt), meanLossOf(than)];
  const isFarLessLoss = loss < MUCH_LESS * otherLoss && isClearlyLessLoss(attempt, than);
  const hasHalfTheErrors = 1 - accuracyOf(attempt) < (1 - accuracyOf(than)) / 2;
  return isFarLessLoss || (standardDeviations(gain) > CLEAR && (hasHalfTheErrors || loss < otherLoss));
}

/** Tests the differences between the losses of each image. */
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

/** Counts the images that only one of the two classifies correctly. */
function gainOver(attempt: Attempt, than: Attempt): Gain {
  const gain = { gained: 0, lost: 0 };
  attempt.isCorrect.forEach((correct, k) => {
    if (correct > than.isCorrect[k]!) gain.gained++;
    else if (correct < than.isCorrect[k]!) gain.lost++;
  });
  return gain;
}

/**
 * Distance from no difference in standard deviations. McNemar 1947, "Note on the sampling error of the difference
 * between correlated proportions".
 */
function standardDeviations({ gained, lost }: Gain): number {
  return gained === lost ? 0 : (gained - lost) / Math.sqrt(gained + lost);
}

/** Well above the accuracy of guessing. */
function leastAccuracy(classes: number): number {
  return Math.min(0.75, Math.max(0.15, 2.5 / classes));
}
