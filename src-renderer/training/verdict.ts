// Whether the shown run does better than the one that it is compared with, in words. Pure.
import type { EpochResult } from '../../src-shared/runs/score';
import { shownResult, type Run } from '../client/training';
import { formatFixed, formatLoss, formatPercent } from '../ui/format';
import { differenceOf, unpairedDifference, type Difference } from './luck';
import type { Reference } from './reference';
import type { Measure } from './run-series';

export interface Verdict {
  /** "0.4 points better" */
  what: string;
  /** "than #5" */
  than: string;
  /** "luck explains ±0.2"; empty for a loss. */
  luck: string;
  /** All of it in sentences. */
  says: string;
}

const epochs = (count: number): string => `${count} epoch${count === 1 ? '' : 's'}`;
/** 0.0042 → "0.4". A difference is never written as 0.0 points. */
const points = (share: number): string => formatFixed(100 * Math.abs(share), Math.abs(share) < 0.001 ? 2 : 1);

/**
 * Compares both runs after the same epoch, while the shown one trains or if it was stopped; with the end of the other
 * one if that was shorter. A run that came to its own end is compared with what the other one ended with.
 * @returns undefined until there is something to compare
 */
export function verdictOf(run: Run, reference: Reference | undefined, measure: Measure): Verdict | undefined {
  const own = shownResult(run);
  if (!reference || !own || own.epoch === 0) return undefined;
  const ended = run.phase === 'completed' || run.phase === 'early';
  const other = (!ended && reference.results.find(({ epoch }) => epoch === own.epoch)) || reference.final;
  // Two whole runs of the same length need no epochs in words.
  const after = ended && own.epoch === other.epoch ? '' : ` after ${epochs(other.epoch)}`;
  const name = `${reference.name}${after}`;
  return measure === 'loss'
    ? lossVerdict(own, other, name)
    : accuracyVerdict(own, other, name, accuracyDifference(run, own, other, reference));
}

function accuracyDifference(
  { history }: Run,
  own: EpochResult,
  other: EpochResult,
  { labels, predictedAt }: Reference,
): Difference {
  const theirs = predictedAt(other.epoch);
  // Not run.predictions: after more epochs were added to restored weights, those are of an earlier epoch.
  const ours = history.find(({ epoch }) => epoch === own.epoch)?.predicted;
  if (ours && theirs?.length === labels.length) return differenceOf(ours, theirs, labels);
  return unpairedDifference(own.testAccuracy, other.testAccuracy, labels.length);
}

function accuracyVerdict(own: EpochResult, other: EpochResult, name: string, difference: Difference): Verdict {
  const { value, low, high } = difference;
  const luck = points((high - low) / 2);
  const clear = low > 0 || high < 0;
  const what = clear ? `${points(value)} points ${value > 0 ? 'better' : 'worse'}` : 'no clear difference';
  const than = `${clear ? 'than' : 'to'} ${name}`;
  return {
    what,
    than,
    luck: `luck explains ±${luck}`,
    says:
      `${what} ${than}: ${formatPercent(own.testAccuracy, 2)} and ${formatPercent(other.testAccuracy, 2)}. ` +
      `The choice of test images alone explains ±${luck} points (95% interval).`,
  };
}

function lossVerdict(own: EpochResult, other: EpochResult, name: string): Verdict | undefined {
  const value = own.testLoss - other.testLoss;
  if (!Number.isFinite(value)) return undefined;
  const size = formatLoss(Math.abs(value));
  const same = Math.abs(value) < 0.0005;
  const what = same ? 'the same loss' : `${size} ${value < 0 ? 'lower' : 'higher'}`;
  const than = `${same ? 'as' : 'than'} ${name}`;
  return {
    what,
    than,
    luck: '',
    says: `${what} ${than}: ${formatLoss(own.testLoss)} and ${formatLoss(other.testLoss)}`,
  };
}
