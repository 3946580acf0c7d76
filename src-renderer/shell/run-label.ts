// A run in a few words, for the top bar and for screen readers. Pure.
import type { EpochResult } from '../../src-shared/runs/score';
import { formatCount, formatFixed, formatPercent, formatTimeLeft } from '../ui/format';
import { epochsTrained, isOpened, shownResult, type Run } from '../client/training';

function epochs(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'epoch' : 'epochs'}`;
}

function position(run: Run): string {
  return `${formatFixed(epochsTrained(run), 1)} of ${run.epochs}`;
}

/** Whether the run ended by a failure. */
export function isCutOff(run: Run | undefined): boolean {
  return run?.phase === 'failed' || run?.phase === 'lost';
}

export function runLabel(run: Run | undefined): string {
  switch (run?.phase) {
    case undefined:
      return 'Ready to train';
    case 'running':
      return `Epoch ${position(run)}`;
    case 'paused':
      return `Paused at epoch ${position(run)}`;
    case 'completed':
      return `Finished: ${epochs(run.results.at(-1)?.epoch ?? 0)}`;
    case 'early':
      return `Stopped early: epoch ${formatCount(run.results.at(-1)?.epoch ?? 0)}`;
    case 'stopped':
      if (isOpened(run)) return 'Opened from a file';
      return `Stopped at epoch ${position(run)}`;
    case 'failed':
    case 'lost':
      return `Cut off at epoch ${position(run)}`;
  }
}

/** "batch 2 of 937" in the middle of an epoch. */
function batchOf({ progress, results }: Run): string {
  if (!progress || progress.epoch <= (results.at(-1)?.epoch ?? 0)) return '';
  return `batch ${formatCount(Math.floor(progress.batch + 1e-9))} of ${formatCount(Math.round(progress.batches))}`;
}

/** The line under the label: the time left during a run, the batch if it is paused in an epoch, else the accuracy. */
export function runDetail(run: Run | undefined): string {
  if (run?.phase === 'running') return run.progress ? formatTimeLeft(run.progress.secondsLeft) : '';
  const batch = run?.phase === 'paused' ? batchOf(run) : '';
  if (batch) return batch;
  const result = run && shownResult(run);
  if (!result) return '';
  const accuracy = formatPercent(result.testAccuracy);
  return run.kept === undefined ? `test accuracy ${accuracy}` : `best weights: epoch ${run.kept}, test ${accuracy}`;
}

/** Least time between two announcements: a screen reader needs it to finish the first. */
const SECONDS_BETWEEN = 5;

/** The epoch to announce: the first one, then the first to end in each five seconds of training. */
function announcedEpoch({ results }: Run): EpochResult | undefined {
  let seconds = 0;
  let announced = results[0];
  for (const result of results) {
    const before = Math.floor(seconds / SECONDS_BETWEEN);
    seconds += result.seconds;
    if (Math.floor(seconds / SECONDS_BETWEEN) > before) announced = result;
  }
  return announced;
}

/** A text for screen readers: it changes when a run begins or ends, and at most every five seconds in between. */
export function announcement(run: Run | undefined): string {
  if (!run) return '';
  if (run.phase !== 'running' && run.phase !== 'paused')
    return [runLabel(run), runDetail(run)].filter(Boolean).join(', ');
  const result = announcedEpoch(run);
  if (!result) return 'Training has begun';
  const { epoch, testLoss, testAccuracy } = result;
  return (
    `Epoch ${epoch} of ${run.epochs}: test accuracy ${formatPercent(testAccuracy)}, test loss ` +
    `${formatFixed(testLoss, 3)}`
  );
}
