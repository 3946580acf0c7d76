// Ends of epochs that wait to be written: where the disk is slower than training, only the newest of them is written whole.
import type { EpochRecord } from '../../src-shared/runs';
import type { HistoryLine } from './run-json';

export interface WaitingEpochs {
  /** Of every epoch. */
  lines: HistoryLine[];
  newest: EpochRecord;
  /** The last that had the best weights so far. */
  best: EpochRecord | undefined;
}

/** Holds the weights of two epochs at most, however many wait. */
export function withEpoch(record: EpochRecord, waiting?: WaitingEpochs): WaitingEpochs {
  const { result, points, best } = record;
  return { lines: [...(waiting?.lines ?? []), { result, points }], newest: record, best: best ? record : waiting?.best };
}
