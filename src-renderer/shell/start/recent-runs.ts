// The stored runs that the start view offers to continue. Pure.
import type { RunSummary } from '../../../src-shared/runs/runs';
import { storedTitle } from '../../client/run-title';
import { formatPercent } from '../../ui/format';

const MOST = 4;

/** The newest runs that can be opened and have been tested. @param runs newest first */
export function recentRuns(runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter((run) => run.result && run.untrainable === undefined && run.status !== 'running').slice(0, MOST);
}

/** What the run is called, and its test accuracy. */
export function runLine(run: RunSummary): { title: string; accuracy: string } {
  return { title: storedTitle(run), accuracy: run.result ? formatPercent(run.result.testAccuracy) : '' };
}
