// The predictions of a kept run for the test images, as a table. Pure.
import { isSameDataset } from '../../src-shared/data/dataset';
import type { RunRecord, RunSummary } from '../../src-shared/runs/runs';
import type { LoadedDataset } from '../client/training';
import { toCsv } from '../ui/csv';

/** @returns the true classes of the test images, or undefined if the open dataset is not the run's own */
export function testLabelsOf({ dataset }: RunSummary, { info, testLabels }: LoadedDataset): Uint16Array | undefined {
  return isSameDataset(info, dataset) ? testLabels : undefined;
}

/**
 * A row for each test image, in the order of the test set. Classes are written by name.
 * @param labels if undefined, the column of true classes is left out
 * @returns undefined if the run has no predictions
 */
export function predictionsTable(
  { summary, predictions }: Pick<RunRecord, 'summary' | 'predictions'>,
  labels: Uint16Array | undefined,
): string | undefined {
  if (!predictions) return undefined;
  const { classNames } = summary.dataset;
  const nameOf = (label: number): string => classNames[label] ?? String(label);
  const header = ['image', ...(labels ? ['class'] : []), 'predicted', 'confidence'];
  const { predicted, confidence } = predictions;
  return toCsv(
    header,
    Array.from(predicted, (label, i) => [i, ...(labels ? [nameOf(labels[i]!)] : []), nameOf(label), confidence[i]!]),
  );
}
