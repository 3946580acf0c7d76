// A run in words and numbers, as the list and the comparison write them. Pure.
import type { RunStatus, RunSummary } from '../../src-shared/runs/runs';
import { formatCount, formatFixed } from '../ui/format';

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

/** "20", or "7 of 20" of a run that has not trained all of its epochs. */
export function epochsOf({ epochs, epochsTrained }: Pick<RunSummary, 'epochs' | 'epochsTrained'>): string {
  return epochsTrained === epochs ? String(epochs) : `${epochsTrained} of ${epochs}`;
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * Beginning and end of a name that is too long: names of similar runs differ at their end as often as at their start.
 * @param most characters
 */
export function elided(name: string, most: number): string {
  if (name.length <= most) return name;
  const head = Math.ceil((most - 1) / 2);
  return `${name.slice(0, head).replace(/[\s.,·]+$/, '')}…${name.slice(name.length - (most - 1 - head)).replace(/^[\s.,·]+/, '')}`;
}

/** Whether it can be trained to its end as if it had never been interrupted. */
export function canGoOn({ resumable, untrainable, status, epochs, epochsTrained }: RunSummary): boolean {
  if (!resumable || untrainable !== undefined) return false;
  // One that was cut off after its last epoch may have its best weights still to be put back.
  return status === 'cut-off' || ((status === 'stopped' || status === 'failed') && epochsTrained < epochs);
}

export function cutOffQuestion(run: Pick<RunSummary, 'name' | 'epochs' | 'epochsTrained'>): string {
  if (run.epochsTrained >= run.epochs) return `A run was cut off at its end: “${elided(run.name, 60)}”. Finish it?`;
  return `A run was cut off after epoch ${run.epochsTrained} of ${run.epochs}: “${elided(run.name, 60)}”. Go on?`;
}

/** "“Fast”", or "3 runs" */
export function runsInWords(runs: readonly Pick<RunSummary, 'name'>[]): string {
  return runs.length === 1 ? `“${elided(runs[0]!.name, 60)}”` : countOf(runs.length, 'run');
}
