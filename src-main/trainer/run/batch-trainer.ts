// Trains batch after batch of an epoch, some in a step, with the engine that fits the settings as they stand.
import type { Dataset } from '../data/dataset';
import { hyperparametersOf, type BatchScores, type Engine, type EngineOptions } from '../engine/engine';
import type { CurrentEpoch } from './current-epoch';
import { StepSize, type TrainCurve } from '../progress/progress';
import type { RunPlan } from './run-plan';

export interface BatchContext {
  createEngine: (options: EngineOptions) => Engine;
  /** Milliseconds from any fixed moment. */
  now: () => number;
}

export class BatchTrainer {
  /** Made so far. */
  updates = 0;
  /** Of the last update. */
  learningRate = 0;
  /** Images of the batch in flight that are done, with a fraction; undefined between batches. */
  private inFlight: number | undefined;
  private stepSize = new StepSize(1);

  constructor(
    private readonly dataset: Dataset,
    private readonly context: BatchContext,
    public engine: Engine,
  ) {}

  /** Of the batch in flight, with a fraction of an image; 0 between batches. */
  get imagesInFlight(): number {
    return this.inFlight ?? 0;
  }

  /** Whether no batch is left in its middle: then the engine is free for other work. */
  get betweenBatches(): boolean {
    return this.inFlight === undefined;
  }

  /** Other batches take another time: a step is one of them at first. */
  forgetPace(): void {
    this.stepSize = new StepSize(1);
  }

  /**
   * A step: some batches, each one update. Each counts once its update is made. If the settings change in the middle,
   * the step ends with the batch in flight.
   * @param oneBatch whether the step is to end with the batch in flight
   * @param reach called in the middle of long batches
   * @returns false if reach does: a batch in flight has then had no effect, unless a change was promised to follow it
   */
  async step(
    epoch: CurrentEpoch,
    plan: RunPlan,
    curve: TrainCurve,
    oneBatch: () => boolean,
    reach: () => Promise<boolean>,
  ): Promise<boolean> {
    const { settings } = plan;
    const { batchSize } = settings;
    const batches = Math.min(epoch.batchesLeft(batchSize), oneBatch() ? 1 : this.stepSize.pieces);
    const hyperparameters = hyperparametersOf(settings, batches, epoch.number);
    const { learningRates } = hyperparameters;
    learningRates.forEach((_, b) => (learningRates[b] = plan.rateAt(epoch.epochsTrained(batchSize, b * batchSize))));
    this.fitEngine(plan);

    const { stepSize } = this;
    const start = this.context.now();
    let ended = 0;
    let mayContinue = true;
    try {
      for (const progress of this.engine.train(epoch.next(batches, batchSize), hyperparameters)) {
        if (progress.kind === 'batches') {
          this.count(progress, epoch, curve, batchSize, learningRates.subarray(ended));
          ended += progress.losses.length;
          if (plan.settings !== settings || oneBatch()) return mayContinue;
        } else if (mayContinue) {
          this.inFlight = progress.share * batchSize;
          mayContinue = await reach();
          if (!mayContinue && plan.settings === settings) return false;
        }
      }
    } finally {
      this.inFlight = undefined;
    }
    stepSize.tell(this.context.now() - start);
    return mayContinue;
  }

  /** @param learningRates of these batches, and of those after them */
  private count(
    scores: BatchScores,
    epoch: CurrentEpoch,
    curve: TrainCurve,
    batchSize: number,
    learningRates: Float64Array,
  ): void {
    this.inFlight = undefined;
    scores.losses.forEach((loss, b) => {
      curve.add(
        loss,
        scores.correct[b]!,
        batchSize,
        epoch.epochsTrained(batchSize, (b + 1) * batchSize),
        learningRates[b]!,
      );
      this.learningRate = learningRates[b]!;
    });
    epoch.add(scores, batchSize);
    this.updates += scores.losses.length;
  }

  /** A new engine with all that the present one has learned, where that one is not laid out for changed settings. */
  private fitEngine({ settings }: RunPlan): void {
    if (this.engine.fits(settings)) return;
    const before = this.engine;
    this.engine = this.context.createEngine({ dataset: this.dataset, settings, state: before.readState() });
    before.dispose();
  }
}
