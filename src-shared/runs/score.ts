// How well a network does: its scores, epoch by epoch and along the training curve.

export interface Score {
  /** Mean loss. */
  loss: number;
  /** Share of images that are classified correctly, 0 to 1. */
  accuracy: number;
}

/** True if the accuracy is higher, or equal with a lower loss. */
export function isBetter(score: Score, than: Score): boolean {
  return score.accuracy > than.accuracy || (score.accuracy === than.accuracy && score.loss < than.loss);
}

export interface EpochResult {
  /** 1 for the first; 0 for a network from a file, before any training. */
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  testLoss: number;
  testAccuracy: number;
  /** Undefined without a validation split. */
  validation: Score | undefined;
  /** Of the epoch's last update. */
  learningRate: number;
  /** Training and evaluation, without pauses. */
  seconds: number;
  /** Training images per second, without evaluation and pauses. */
  imagesPerSecond: number;
}

/** A point of the training curve: the mean over the batches since the last point. */
export interface TrainPoint extends Score {
  /** Epochs trained, with their fraction: 2.5 is the middle of the third. */
  epochs: number;
  /** Of the last of these batches. */
  learningRate: number;
}
