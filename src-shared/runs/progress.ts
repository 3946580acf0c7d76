// How far a run has come, where it may pause, and how it ends.

export interface Progress {
  /** The current epoch, 1 for the first. */
  epoch: number;
  /** Batches done in this epoch, out of `batches`; 2.5 in the middle of the third. */
  batch: number;
  batches: number;
  /** Of the next update. */
  learningRate: number;
  imagesPerSecond: number;
  secondsLeft: number;
  /** Bytes that the trainer process uses. */
  memory: number;
}

/** When training pauses on its own: after a batch, after an epoch, or not before the end. */
export const STEPS = ['batch', 'epoch', 'end'] as const;
export type Step = (typeof STEPS)[number];

/** early: the validation accuracy stopped improving. */
export type FinishReason = 'completed' | 'stopped' | 'early';
