// Runs in words and numbers, for the list, the comparison and notices. Pure.
import type { RunStatus, RunSummary } from '../../src-shared/runs/runs';
import { formatCount, formatFixed } from '../ui/format';
import { storedTitle } from './run-title';

export const STATUS_LABELS: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  completed: 'Completed',
  stopped: 'Stopped',
  early: 'Stopped early',
  failed: 'Failed',
  'cut-off': 'Cut off',
};

/** "4.2 s", "3 min 20 s", "2 h 5 min" */
export function formatDuration(seconds: number): string {
  if (seconds < 59.95) return `${formatFixed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "20", or "7 of 20" if the run has not trained all of its epochs. */
export function epochsOf({ epochs, epochsTrained }: Pick<RunSummary, 'epochs' | 'epochsTrained'>): string {
  return epochsTrained === epochs ? String(epochs) : `${epochsTrained} of ${epochs}`;
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * Shortens a long name in its middle: names of similar runs differ at the end as often as at the start.
 * @param most characters of the result
 */
export function elided(name: string, most: number): string {
  if (name.length <= most) return name;
  const head = Math.ceil((most - 1) / 2);
  const [start, end] = [name.slice(0, head), name.slice(name.length - (most - 1 - head))];
  return `${start.replace(/[\s.,·]+$/, '')}…${end.replace(/^[\s.,·]+/, '')}`;
}

/** Whether the run can be trained to its end as if it had never been interrupted. */
export function canResume({ resumable, untrainable, status, epochs, epochsTrained }: RunSummary): boolean {
  if (!resumable || untrainable !== undefined) return false;
  // A run that was cut off after its last epoch may still have to restore its best weights.
  return status === 'cut-off' || ((status === 'stopped' || status === 'failed') && epochsTrained < epochs);
}

export function cutOffQuestion(run: Pick<RunSummary, 'number' | 'name' | 'epochs' | 'epochsTrained'>): string {
  const title = elided(storedTitle(run), 60);
  if (run.epochsTrained >= run.epochs) return `A run was cut off at its end: ${title}. Finish it?`;
  return `A run was cut off after epoch ${run.epochsTrained} of ${run.epochs}: ${title}. Resume it?`;
}

/** "#6 · Fast", or "3 runs" */
export function runsInWords(runs: readonly Pick<RunSummary, 'number' | 'name'>[]): string {
  return runs.length === 1 ? elided(storedTitle(runs[0]!), 60) : countOf(runs.length, 'run');
}
