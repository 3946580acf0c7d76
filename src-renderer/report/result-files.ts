// Saves the results of a kept run as files for other programs.
import type { RunSummary } from '../../src-shared/runs/runs';
import { runTable } from '../training';
import type { Commander } from '../client/commander.svelte';
import type { LoadedDataset } from '../client/training';
import { fileNameOf } from './file-name';
import { predictionsTable, testLabelsOf } from './predictions-table';

export const RESULT_FILES = {
  report: { name: 'Report', suffix: '.html', use: 'a page to print or send: curves, weights, mistakes' },
  history: { name: 'History', suffix: '.csv', use: 'loss, accuracy and learning rate over the epochs' },
  predictions: {
    name: 'Predictions',
    suffix: '.csv',
    use: 'the predicted class of each test image, with its confidence',
  },
} as const;
export type ResultFile = keyof typeof RESULT_FILES;

/** Asks where to save the file and writes it. A failure is shown as a message. */
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
  const table = predictionsTable(record, testLabelsOf(run, dataset));
  if (table === undefined)
    commander.refuse('This run has no predictions: it ended before its first epoch was complete.');
  else await commander.saveText('table', fileNameOf(run, 'predictions'), table);
}
