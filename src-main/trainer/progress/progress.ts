// Rate limits, step sizes, the remaining time, and the training curve.
import type { TrainPoint } from '../../../src-shared/runs/score';

/** Allows an action at most once in an interval. */
export class RateLimit {
  private last = -Infinity;

  constructor(
    private readonly interval: number,
    private readonly now: () => number,
  ) {}

  /** @returns whether the action may happen now; if so, a new interval begins */
  ready(): boolean {
    if (this.now() - this.last < this.interval) return false;
    this.last = this.now();
    return true;
  }
}

/** Performs an action only so often that it takes no more than a share of the time. */
export class CostLimit {
  private next = -Infinity;

  /** @param share of the time, 0 to 1 */
  constructor(
    private readonly share: number,
    private readonly now: () => number,
  ) {}

  /** Performs the action, or does nothing if it is too soon. */
  attempt(action: () => void): void {
    const start = this.now();
    if (start < this.next) return;
    action();
    this.next = start + (this.now() - start) / this.share;
  }
}

/** A step of work should last about this long: shorter steps waste time in between, longer ones delay orders. */
const STEP_MILLISECONDS = 20;

/** How many batches or images make a step: twice as many if a step was too short, half if it was too long. */
export class StepSize {
  constructor(public count: number) {}

  /** Adapts the size to how long the last step took. */
  record(milliseconds: number): void {
    if (milliseconds < STEP_MILLISECONDS / 2) this.count *= 2;
    else if (milliseconds > STEP_MILLISECONDS) this.count = Math.max(1, Math.floor(this.count / 2));
  }
}

/**
 * Estimates the remaining time from the mean speed since training began or continued.
 * @param done share of the work that was left then, 0 to 1
 * @param elapsed seconds since then
 * @returns seconds; Infinity if nothing is done yet
 */
export function secondsLeft(done: number, elapsed: number): number {
  return done > 0 ? (elapsed * Math.max(0, 1 - done)) / done : Infinity;
}

/**
 * About a thousand points in a run, but ten to fifty per epoch: the curve begins soon, is smooth, and stays cheap to
 * draw. Never more than one point per batch.
 */
export function pointsPerEpoch(epochs: number, batches: number): number {
  return Math.min(batches, 50, Math.max(10, Math.round(1000 / epochs)));
}

/** Averages the scores of batches into the points of the training curve. */
export class TrainCurve {
  private readonly points: TrainPoint[];
  /** The points since the end of the last epoch. */
  private readonly epochPoints: TrainPoint[] = [];
  private lossSum = 0;
  private correctSum = 0;
  private images = 0;
  private pointsBefore: number;

  /** @param before points of the epochs that were trained earlier, and how many epochs */
  constructor(
    private readonly pointsAnEpoch: number,
    before: { points: readonly TrainPoint[]; epochs: number } = { points: [], epochs: 0 },
  ) {
    this.points = [...before.points];
    this.pointsBefore = Math.floor(before.epochs * pointsAnEpoch + 1e-6);
  }

  /**
   * @param loss mean loss of the batch
   * @param correct correctly classified images of the batch
   * @param epochs epochs trained, this batch included
   */
  add(loss: number, correct: number, images: number, epochs: number, learningRate: number): void {
    this.lossSum += loss * images;
    this.correctSum += correct;
    this.images += images;
    // Points end at equal distances, the last one at the end of the epoch, which rounding might just miss.
    const pointsNow = Math.floor(epochs * this.pointsAnEpoch + 1e-6);
    if (pointsNow <= this.pointsBefore) return;
    this.pointsBefore = pointsNow;
    const point = { epochs, loss: this.lossSum / this.images, accuracy: this.correctSum / this.images, learningRate };
    this.points.push(point);
    this.epochPoints.push(point);
    this.lossSum = this.correctSum = this.images = 0;
  }

  /** The points since the last call. The first call also returns those of the epochs that were trained earlier. */
  take(): TrainPoint[] {
    return this.points.splice(0);
  }

  /** The points of the epoch that ends now, for the history. */
  takeEpoch(): TrainPoint[] {
    return this.epochPoints.splice(0);
  }
}
