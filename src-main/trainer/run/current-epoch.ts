// One pass through the training images, counted in images, since the batch size may change in its middle.
import { StudioError } from '../../../src-shared/errors';
import { batchesPerEpoch } from '../data/batches';
import type { BatchScores } from '../engine/engine';

export class CurrentEpoch {
  private imagesTrained = 0;
  private lossSum = 0;
  private correctSum = 0;
  private trainingOver = false;
  /** Evaluated and told. */
  done = false;

  /**
   * @param number 1 for the first
   * @param order positions in the training set
   * @param startTime active milliseconds at which its training began
   */
  constructor(
    readonly number: number,
    private readonly order: Uint32Array,
    public startTime: number,
  ) {}

  /** One that has ended earlier. */
  static ended(number: number, order: Uint32Array, startTime: number): CurrentEpoch {
    const epoch = new CurrentEpoch(number, order, startTime);
    epoch.imagesTrained = order.length;
    epoch.trainingOver = true;
    epoch.done = true;
    return epoch;
  }

  /** How many images have been trained on. */
  get images(): number {
    return this.imagesTrained;
  }

  get trainLoss(): number {
    return this.lossSum / this.imagesTrained;
  }

  get trainAccuracy(): number {
    return this.correctSum / this.imagesTrained;
  }

  /** Whole batches that are left; the images of a last, partial one are dropped. */
  batchesLeft(batchSize: number): number {
    return this.trainingOver ? 0 : batchesPerEpoch(this.order.length - this.imagesTrained, batchSize);
  }

  /** The images of the next batches. */
  next(batches: number, batchSize: number): Uint32Array {
    return this.order.subarray(this.imagesTrained, this.imagesTrained + batches * batchSize);
  }

  /** The images of the next batch, or where none is left of the last one; empty where there was none. */
  nextOrLast(batchSize: number): Uint32Array {
    const from = this.batchesLeft(batchSize) > 0 ? this.imagesTrained : Math.max(0, this.imagesTrained - batchSize);
    return this.order.subarray(from, from + batchSize);
  }

  /** Throws training-diverged where the loss is no number any more. */
  add({ losses, correct }: BatchScores, batchSize: number): void {
    for (const loss of losses) this.lossSum += loss * batchSize;
    for (const hits of correct) this.correctSum += hits;
    this.imagesTrained += losses.length * batchSize;
    if (!Number.isFinite(this.lossSum)) throw diverged(this.number);
  }

  /** A smaller batch size has nothing left to train on any more. */
  endTraining(): void {
    this.trainingOver = true;
  }

  /**
   * Batches of this size, done and in all; done ones have a fraction.
   * @param more images of batches that are not added yet
   */
  inBatches(batchSize: number, more = 0): { batch: number; batches: number } {
    const batch = this.imagesTrained / batchSize;
    return { batch: batch + more / batchSize, batches: batch + this.batchesLeft(batchSize) };
  }

  /**
   * Epochs trained so far with their fraction: 2.5 is the middle of the third.
   * @param more images of batches that are not added yet
   */
  epochsTrained(batchSize: number, more = 0): number {
    const all = this.imagesTrained + this.batchesLeft(batchSize) * batchSize;
    // One division, so that the tenth of a hundred is the same number in every epoch.
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
