// One pass through the training images. Counts images rather than batches, because the batch size may change midway.
import { StudioError } from '../../../src-shared/errors';
import { batchesPerEpoch } from '../data/batches';
import type { BatchScores } from '../engine/engine';

export class CurrentEpoch {
  private imagesTrained = 0;
  private lossSum = 0;
  private correctSum = 0;
  private trainingOver = false;
  /** Whether the epoch has been trained, evaluated and reported. */
  done = false;

  /**
   * @param number 1 for the first
   * @param permutation positions in the training set
   * @param startTime when its training began, in milliseconds without pauses
   */
  constructor(
    readonly number: number,
    private readonly permutation: Uint32Array,
    public startTime: number,
  ) {}

  /** The last epoch of a stored run. */
  static ended(number: number, permutation: Uint32Array, startTime: number): CurrentEpoch {
    const epoch = new CurrentEpoch(number, permutation, startTime);
    epoch.imagesTrained = permutation.length;
    epoch.trainingOver = true;
    epoch.done = true;
    return epoch;
  }

  /** Images trained so far. */
  get images(): number {
    return this.imagesTrained;
  }

  get trainLoss(): number {
    return this.lossSum / this.imagesTrained;
  }

  get trainAccuracy(): number {
    return this.correctSum / this.imagesTrained;
  }

  /** Whole batches left. The images of a last, partial batch are dropped. */
  batchesLeft(batchSize: number): number {
    return this.trainingOver ? 0 : batchesPerEpoch(this.permutation.length - this.imagesTrained, batchSize);
  }

  /** Image positions of the next batches. */
  next(batches: number, batchSize: number): Uint32Array {
    return this.permutation.subarray(this.imagesTrained, this.imagesTrained + batches * batchSize);
  }

  /**
   * Image positions of the next batch, or of the last one if the epoch is finished. Empty if the epoch has no batches.
   */
  nextOrLast(batchSize: number): Uint32Array {
    const from = this.batchesLeft(batchSize) > 0 ? this.imagesTrained : Math.max(0, this.imagesTrained - batchSize);
    return this.permutation.subarray(from, from + batchSize);
  }

  /** Adds the scores of trained batches. Throws training-diverged if the loss is not finite. */
  add({ losses, correct }: BatchScores, batchSize: number): void {
    for (const loss of losses) this.lossSum += loss * batchSize;
    for (const hits of correct) this.correctSum += hits;
    this.imagesTrained += losses.length * batchSize;
    if (!Number.isFinite(this.lossSum)) throw diverged(this.number);
  }

  /** Drops the remaining images, so that a smaller batch size cannot train on them later. */
  endTraining(): void {
    this.trainingOver = true;
  }

  /**
   * Batches of this size: trained ones, with a fraction, and all.
   * @param more images of batches that are not added yet
   */
  inBatches(batchSize: number, more = 0): { batch: number; batches: number } {
    const batch = this.imagesTrained / batchSize;
    return { batch: batch + more / batchSize, batches: batch + this.batchesLeft(batchSize) };
  }

  /**
   * Epochs trained so far, with a fraction: 2.5 is the middle of the third.
   * @param more images of batches that are not added yet
   */
  epochsTrained(batchSize: number, more = 0): number {
    const all = this.imagesTrained + this.batchesLeft(batchSize) * batchSize;
    // A single division gives the same fraction for the same batch of every epoch.
    return ((this.number - 1) * all + this.imagesTrained + more) / all;
  }
}

function diverged(epoch: number): StudioError {
  return new StudioError(
    'training-diverged',
    `Training diverged in epoch ${epoch}: the loss is no longer a number, because the steps were too large. ` +
      'Please choose a lower learning rate and train again.',
  );
}
