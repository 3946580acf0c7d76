// The tour's sentences with numbers in them. Pure.
import { NUMBER_FIELDS } from '../../../src-shared/settings/number-fields';
import { shownResult, type Run } from '../../client/training';
import { shortRate } from '../../settings';
import { formatCount, formatFixed, formatPercent } from '../../ui/format';

/** What is known of the first run when the second one has replaced it. */
export interface FirstRun {
  number: number;
  learningRate: number;
  /** Of the test images after each epoch, 0 to 1. */
  accuracies: number[];
}

export function firstRunOf({ number, settings, results }: Run): FirstRun {
  const accuracies = results.map(({ testAccuracy }) => testAccuracy);
  return { number, learningRate: settings.learningRate, accuracies };
}

export interface TestSize {
  testCount: number;
}

/** With this factor the fast preset learns visibly worse on MNIST: a larger step is not a faster one. */
const LARGER = 5;

/** A learning rate with which to try whether a larger step learns faster. */
export function largerRate(learningRate: number): number {
  return Math.min(NUMBER_FIELDS.learningRate.max, Number((learningRate * LARGER).toPrecision(3)));
}

/** Weights and biases of a network. @param sizes units of each layer, from pixels to classes */
export function weightsOf(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, outputs, layer) => sum + (sizes[layer]! + 1) * outputs, 0);
}

export function numbersSentence(run: Run, { testCount }: TestSize): string {
  const { testAccuracy, testLoss } = shownResult(run)!;
  return (
    `Of ${formatCount(testCount)} images it has never trained on, ${formatCount(testAccuracy * testCount)} are ` +
    `right: [accuracy] ${formatPercent(testAccuracy)}. [loss Loss] ${formatFixed(testLoss, 2)} is how far its ` +
    'answers are from sure and right: training makes it smaller.'
  );
}

/** Whether two accuracies on test sets of one size differ by more than luck explains in 19 of 20 cases. */
function differs(a: number, b: number, count: number): boolean {
  return Math.abs(a - b) > 1.96 * Math.sqrt((a * (1 - a) + b * (1 - b)) / count);
}

/** A pair of words for better and worse, or the third if luck explains the difference. */
function verdict(now: number, then: number, count: number, words: readonly [string, string, string]): string {
  if (!differs(now, then, count)) return words[2];
  return now > then ? words[0] : words[1];
}

export function comparisonSentence(first: FirstRun | undefined, run: Run | undefined, { testCount }: TestSize): string {
  const accuracies = run?.results.map(({ testAccuracy }) => testAccuracy) ?? [];
  const [start, end] = [accuracies[0], accuracies.at(-1)];
  const [startBefore, endBefore] = [first?.accuracies[0], first?.accuracies.at(-1)];
  if (!run || start === undefined || end === undefined || startBefore === undefined || endBefore === undefined)
    return 'This run ended before its first [epoch] did, so there is nothing to compare. Smaller steps are safer.';
  const rate = run.settings.learningRate;
  const name = rate === first!.learningRate ? 'This run' : `Learning rate ${shortRate(rate)}`;
  const before = rate === first!.learningRate ? 'the one before' : shortRate(first!.learningRate);
  const early = verdict(start, startBefore, testCount, ['faster', 'slower', 'as fast']);
  const late = verdict(end, endBefore, testCount, ['better', 'worse', 'no different beyond luck']);
  return (
    `${name} against ${before}: ${early} at first, ${formatPercent(start)} against ${formatPercent(startBefore)} ` +
    `after one epoch, and ${late} at the end, ${formatPercent(end)} against ${formatPercent(endBefore)}.`
  );
}
