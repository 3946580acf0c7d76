// Finished epochs that are not on disk yet. If the disk is slower than training, only the newest is written with all
// its weights and predictions.
import type { EpochRecord, RunId, RunSummary } from '../../src-shared/runs/runs';
import type { HistoryLine } from './history';

export interface WaitingEpochs {
  /** A line of the history for each epoch. */
  lines: HistoryLine[];
  newest: EpochRecord;
  /** The last epoch with the best weights so far. */
  best: EpochRecord | undefined;
}

/** A turn in the queue of the store. */
export interface EpochTurn {
  id: RunId;
  epochs: WaitingEpochs;
  written: Promise<RunSummary>;
}

/** Adds an epoch. The weights of at most two epochs are in memory, however many wait. */
export function withEpoch(record: EpochRecord, waiting?: WaitingEpochs): WaitingEpochs {
  const { result, points, best } = record;
  return {
    lines: [...(waiting?.lines ?? []), { result, points }],
    newest: record,
    best: best ? record : waiting?.best,
  };
}

/** Merges epochs that could not be written with those that ended later. */
export function mergeEpochs(earlier: WaitingEpochs | undefined, later: WaitingEpochs): WaitingEpochs {
  if (!earlier) return later;
  return { lines: [...earlier.lines, ...later.lines], newest: later.newest, best: later.best ?? earlier.best };
}
