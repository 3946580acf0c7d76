// How many bytes runs take on the disk, and how many cleaning up would free. Pure.
import type { RunSummary } from '../../src-shared/runs/runs';
import { countParameters, type OptimizerName, type Settings } from '../../src-shared/settings/settings';

/** Numbers that an optimizer keeps for each parameter. */
const MOMENTS: Readonly<Record<OptimizerName, number>> = {
  sgd: 0,
  momentum: 1,
  nesterov: 1,
  rmsprop: 1,
  adam: 2,
  adamw: 2,
};

export function bytesOf(runs: readonly Pick<RunSummary, 'bytes'>[]): number {
  return runs.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Size of a run's optimizer state in bytes, without the small overhead of the file. */
export function optimizerBytes({
  settings,
  dataset: { rows, columns, classNames },
}: Pick<RunSummary, 'dataset'> & { settings: Pick<Settings, 'hidden' | 'optimizer' | 'precision'> }): number {
  const parameters = countParameters([rows * columns, ...settings.hidden, classNames.length]);
  return parameters * MOMENTS[settings.optimizer] * (settings.precision === 'float64' ? 8 : 4);
}

/** Completed runs without a star whose optimizer state is still there and takes space. */
export function withOptimizerStates(runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter((run) => run.status === 'completed' && !run.star && run.resumable && optimizerBytes(run) > 0);
}
