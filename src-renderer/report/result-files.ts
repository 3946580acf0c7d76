// What a kept run found, as files for other programs.
import { isSameDataset } from '../../src-shared/data/dataset';
import type { RunRecord, RunSummary } from '../../src-shared/runs/runs';
import { runTable } from '../training';
import type { Commander } from '../client/commander.svelte';
import { toCsv } from '../ui/csv';
import type { LoadedDataset } from '../client/training';

export const RESULT_FILES = {
  report: { name: 'Report', suffix: '.html', use: 'a page to print or send: curves, weights, mistakes' },
  history: { name: 'History', suffix: '.csv', use: 'loss, accuracy and learning rate over the epochs' },
  predictions: { name: 'Predictions', suffix: '.csv', use: 'what it reads in each test image, and how surely' },
} as const;
export type ResultFile = keyof typeof RESULT_FILES;

/** Asks where, and writes it. What goes wrong stands in a message. */
export async function saveResult(
  file: ResultFile,
  run: RunSummary,
  dataset: LoadedDataset,
  commander: Commander,
): Promise<void> {
  const record = await commander.ask('readRun', { id: run.id });
  if (!record) return;
  if (file === 'report') {
    const { saveReport } = await import('./save-report');
    return saveReport(run, record, dataset, commander);
  }
  if (file === 'history')
    return commander.saveText(
      'table',
      fileNameOf(run, 'history'),
      runTable({ points: record.points, results: record.history, gradients: [] }),
    );
  const table = predictionsTable(record, labelsOf(run, dataset));
  if (table === undefined)
    commander.refuse('This run has read no test images yet: it ended before its first epoch did.');
  else await commander.saveText('table', fileNameOf(run, 'predictions'), table);
}

/** The true classes, where the dataset that is open is the run's own. */
export function labelsOf({ dataset }: RunSummary, { info, testLabels }: LoadedDataset): Uint16Array | undefined {
  return isSameDataset(info, dataset) ? testLabels : undefined;
}

/**
 * A row for each test image, in the order of the test set; classes by their names.
 * @param labels undefined: that column is left out
 * @returns undefined where no epoch has ended
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

/** Letters, digits, spaces and hyphens, as the save dialog takes them. */
export function fileNameOf({ name }: Pick<RunSummary, 'name'>, what: string): string {
  const plain = name
    .replace(/[^\w -]+/g, '-')
    .replace(/-{2,}/g, '-')
    .slice(0, 80 - what.length - 1);
  return `${plain} ${what}`;
}
