// How far a run is, how fast it goes, how long it will take; and how often the page is told.
import type { TrainPoint } from '../../src-shared/contract';

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
 * How long a run will still take, from the mean speed so far.
 * @param done share of the run, 0 to 1
 * @param elapsed seconds
 */
export function secondsLeft(done: number, elapsed: number): number {
  return done > 0 ? (elapsed * (1 - done)) / done : Infinity;
}

/** About a thousand points in a run, but from ten to fifty an epoch: the curve soon begins, is smooth, and stays cheap to draw. */
export function pointsPerEpoch(epochs: number, batches: number): number {
  return Math.min(batches, 50, Math.max(10, Math.round(1000 / epochs)));
}

/** Gathers the scores of batches into the points of the training curve. */
export class TrainCurve {
  private readonly points: TrainPoint[] = [];
  private lossSum = 0;
  private correctSum = 0;
  private batchesInPoint = 0;
  private batch = 0;

  constructor(
    private readonly batches: number,
    private readonly batchSize: number,
    private readonly pointsAnEpoch: number,
  ) {}

  add(loss: number, correct: number): void {
    this.lossSum += loss;
    this.correctSum += correct;
    this.batchesInPoint++;
    this.batch++;
    // Integer arithmetic spreads the ends of points evenly, the last one at the end of the epoch.
    const pointsBefore = Math.floor(((this.batch - 1) * this.pointsAnEpoch) / this.batches);
    const pointsNow = Math.floor((this.batch * this.pointsAnEpoch) / this.batches);
    if (pointsNow === pointsBefore) return;
    this.points.push({
      epochs: this.batch / this.batches,
      loss: this.lossSum / this.batchesInPoint,
      accuracy: this.correctSum / (this.batchesInPoint * this.batchSize),
    });
    this.lossSum = this.correctSum = this.batchesInPoint = 0;
  }

  /** The points since the last call. */
  take(): TrainPoint[] {
    return this.points.splice(0);
  }
}
