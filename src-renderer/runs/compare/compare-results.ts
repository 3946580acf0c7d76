// Compares the results of runs: last and best values, and for two of them where their predictions differ. Pure.
import { isBetter, type EpochResult } from '../../../src-shared/runs/score';
import type { RunRecord } from '../../../src-shared/runs/runs';
import { toCsv } from '../../ui/csv';
import type { Confusion } from '../../mistakes';

export interface RunResults {
  /** Of the last epoch. Undefined before the first has ended. */
  last: EpochResult | undefined;
  /** By test accuracy, then test loss. For looking back only: a network must not be chosen by its test results. */
  best: EpochResult | undefined;
}

export function resultsOf({ history }: Pick<RunRecord, 'history'>): RunResults {
  const score = ({ testLoss, testAccuracy }: EpochResult) => ({ loss: testLoss, accuracy: testAccuracy });
  const best = history.reduce<EpochResult | undefined>(
    (best, result) => (best && !isBetter(score(result), score(best)) ? best : result),
    undefined,
  );
  return { last: history.at(-1), best };
}

/**
 * How many more images the first run has in each cell, negative if fewer. Both matrices are of the same test images.
 * @returns [label, predicted class]
 */
export function subtractConfusion(first: Confusion, second: Confusion): Int32Array {
  return Int32Array.from(first.counts, (count, cell) => count - second.counts[cell]!);
}

export interface Disagreements {
  /** Positions in the test set of the images that only the first run classifies correctly. */
  onlyFirst: Uint32Array;
  onlySecond: Uint32Array;
}

/** @param first predictions of one run. @param second those of another, for the same test images as the labels */
export function disagreements(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): Disagreements {
  const onlyFirst: number[] = [];
  const onlySecond: number[] = [];
  for (let image = 0; image < labels.length; image++) {
    const [firstRight, secondRight] = [first[image] === labels[image], second[image] === labels[image]];
    if (firstRight && !secondRight) onlyFirst.push(image);
    if (secondRight && !firstRight) onlySecond.push(image);
  }
  return { onlyFirst: Uint32Array.from(onlyFirst), onlySecond: Uint32Array.from(onlySecond) };
}

/** The difference of two confusion matrices. */
export function differenceTable(difference: Int32Array, classNames: readonly string[]): string {
  const classes = classNames.length;
  return toCsv(
    ['labelled \\ read', ...classNames],
    classNames.map((name, label) => [name, ...difference.subarray(label * classes, (label + 1) * classes)]),
  );
}

/** One row per epoch of each run. */
export function curvesTable(records: readonly RunRecord[]): string {
  return toCsv(
    [
      'number',
      'run',
      'name',
      'epoch',
      'train loss',
      'train accuracy',
      'test loss',
      'test accuracy',
      'validation loss',
      'validation accuracy',
      'learning rate',
    ],
    records.flatMap(({ summary, history }) =>
      history.map(({ epoch, trainLoss, trainAccuracy, testLoss, testAccuracy, validation, learningRate }) => [
        summary.number,
        summary.id,
        summary.name,
        epoch,
        trainLoss,
        trainAccuracy,
        testLoss,
        testAccuracy,
        validation?.loss ?? '',
        validation?.accuracy ?? '',
        learningRate,
      ]),
    ),
  );
}

/** One row per run. */
export function resultsTable(records: readonly RunRecord[]): string {
  return toCsv(
    [
      'number',
      'run',
      'name',
      'last epoch',
      'last test accuracy',
      'last test loss',
      'best epoch',
      'best test accuracy',
      'best test loss',
      'seconds',
    ],
    records.map((record) => {
      const { last, best } = resultsOf(record);
      const cells = [last, best].flatMap((result) => [
        result?.epoch ?? '',
        result?.testAccuracy ?? '',
        result?.testLoss ?? '',
      ]);
      return [record.summary.number, record.summary.id, record.summary.name, ...cells, record.summary.seconds];
    }),
  );
}
