// Finished epochs that are not on disk yet. If the disk is slower than training, only the newest of them is written
// whole.
import type { EpochRecord, RunId, RunSummary } from '../../src-shared/runs/runs';
import type { HistoryLine } from './history';

export interface WaitingEpochs {
  /** One for each epoch. */
  lines: HistoryLine[];
  newest: EpochRecord;
  /** The last one that had the best weights so far. */
  best: EpochRecord | undefined;
}

/** Of the store, that writes one thing after the other. */
export interface EpochTurn {
  id: RunId;
  epochs: WaitingEpochs;
  written: Promise<RunSummary>;
}

/** Holds the weights of two epochs at most, however many wait. */
export function withEpoch(record: EpochRecord, waiting?: WaitingEpochs): WaitingEpochs {
  const { result, points, best } = record;
  return {
    lines: [...(waiting?.lines ?? []), { result, points }],
    newest: record,
    best: best ? record : waiting?.best,
  };
}

/** Epochs whose writing was refused, and those that ended since. */
export function together(earlier: WaitingEpochs | undefined, later: WaitingEpochs): WaitingEpochs {
  if (!earlier) return later;
  return { lines: [...earlier.lines, ...later.lines], newest: later.newest, best: later.best ?? earlier.best };
}
