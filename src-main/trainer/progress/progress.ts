// How far a run is, how fast it goes, how long it will take; and how often the page is told.
import type { TrainPoint } from '../../../src-shared/runs/score';

/** Lets an action through at most once in an interval. */
export class RateLimit {
  private last = -Infinity;

  constructor(
    private readonly interval: number,
    private readonly now: () => number,
  ) {}

  /** @returns whether the action may happen now; if so, the interval begins anew */
  ready(): boolean {
    if (this.now() - this.last < this.interval) return false;
    this.last = this.now();
    return true;
  }
}

/** Lets an action through so seldom that it takes no more than a share of the time. */
export class CostLimit {
  private next = -Infinity;

  /** @param share of the time, 0 to 1 */
  constructor(
    private readonly share: number,
    private readonly now: () => number,
  ) {}

  attempt(action: () => void): void {
    const start = this.now();
    if (start < this.next) return;
    action();
    this.next = start + (this.now() - start) / this.share;
  }
}

/** A step of work lasts about this long: shorter ones waste time between them, after longer ones orders would wait. */
const STEP_MILLISECONDS = 20;

/** How many pieces of work make a step: twice as many while it is too short, half while it is too long. */
export class StepSize {
  constructor(public pieces: number) {}

  /** Learns from how long the step took that has just ended. */
  tell(milliseconds: number): void {
    if (milliseconds < STEP_MILLISECONDS / 2) this.pieces *= 2;
    else if (milliseconds > STEP_MILLISECONDS) this.pieces = Math.max(1, Math.floor(this.pieces / 2));
  }
}

/**
 * How long training will still take, at the mean speed since it began or went on.
 * @param done share of what there was to do then, 0 to 1
 * @param elapsed seconds since then
 * @returns seconds; Infinity before anything is done
 */
export function secondsLeft(done: number, elapsed: number): number {
  return done > 0 ? (elapsed * Math.max(0, 1 - done)) / done : Infinity;
}

/**
 * About a thousand points in a run, but from ten to fifty an epoch: the curve soon begins, is smooth, and stays cheap
 * to draw.
 */
export function pointsPerEpoch(epochs: number, batches: number): number {
  return Math.min(batches, 50, Math.max(10, Math.round(1000 / epochs)));
}

/** Gathers the scores of batches into the points of the training curve. */
export class TrainCurve {
  private readonly points: TrainPoint[];
  /** Those since the last epoch ended. */
  private readonly epochPoints: TrainPoint[] = [];
  private lossSum = 0;
  private correctSum = 0;
  private images = 0;
  private pointsBefore: number;

  /** @param before points of the epochs that were trained before, and how many those were */
  constructor(
    private readonly pointsAnEpoch: number,
    before: { points: readonly TrainPoint[]; epochs: number } = { points: [], epochs: 0 },
  ) {
    this.points = [...before.points];
    this.pointsBefore = Math.floor(before.epochs * pointsAnEpoch + 1e-6);
  }

  /**
   * @param loss mean of the batch
   * @param epochs trained with this batch
   */
  add(loss: number, correct: number, images: number, epochs: number, learningRate: number): void {
    this.lossSum += loss * images;
    this.correctSum += correct;
    this.images += images;
    // Spreads the ends of points evenly, the last one at the end of the epoch, where rounding may miss it by a hair.
    const pointsNow = Math.floor(epochs * this.pointsAnEpoch + 1e-6);
    if (pointsNow <= this.pointsBefore) return;
    this.pointsBefore = pointsNow;
    const point = { epochs, loss: this.lossSum / this.images, accuracy: this.correctSum / this.images, learningRate };
    this.points.push(point);
    this.epochPoints.push(point);
    this.lossSum = this.correctSum = this.images = 0;
  }

  /** The points since the last call. */
  take(): TrainPoint[] {
    return this.points.splice(0);
  }

  /** The points since the last call, which comes at the end of an epoch. */
  takeEpoch(): TrainPoint[] {
    return this.epochPoints.splice(0);
  }
}
