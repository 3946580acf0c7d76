// Trains the batches of an epoch, several in a step, on an engine that fits the current settings.
import type { Dataset } from '../data/dataset';
import { hyperparametersOf, type BatchScores, type Engine, type EngineOptions } from '../engine/engine';
import { StepSize, type TrainCurve } from '../progress/progress';
import type { CurrentEpoch } from './current-epoch';
import type { RunPlan } from './run-plan';

export interface BatchContext {
  createEngine: (options: EngineOptions) => Engine;
  /** Milliseconds since any fixed moment. */
  now: () => number;
}

export class BatchTrainer {
  /** Updates made so far. */
  updates = 0;
  /** Learning rate of the last update. */
  learningRate = 0;
  /** Finished images of the current batch, with a fraction; undefined between batches. */
  private imagesDone: number | undefined;
  private stepSize = new StepSize(1);

  constructor(
    private readonly dataset: Dataset,
    private readonly context: BatchContext,
    public engine: Engine,
  ) {}

  /** Finished images of the current batch, with a fraction of an image; 0 between batches. */
  get imagesOfBatch(): number {
    return this.imagesDone ?? 0;
  }

  /** Whether the engine is free for other work. */
  get betweenBatches(): boolean {
    return this.imagesDone === undefined;
  }

  /** Starts again with steps of one batch, because batches of another size take another time. */
  resetStepSize(): void {
    this.stepSize = new StepSize(1);
  }

  /**
   * Trains some batches, each with one update. If the settings change during the step, it ends with the current batch.
   * @param oneBatch whether the step must end with the current batch
   * @param mayContinue called during long batches
   * @returns false if mayContinue does. The current batch is then discarded, unless a change was promised to follow it.
   */
  async step(
    epoch: CurrentEpoch,
    plan: RunPlan,
    curve: TrainCurve,
    oneBatch: () => boolean,
    mayContinue: () => Promise<boolean>,
  ): Promise<boolean> {
    const { settings } = plan;
    const { batchSize } = settings;
    const batches = Math.min(epoch.batchesLeft(batchSize), oneBatch() ? 1 : this.stepSize.count);
    const hyperparameters = hyperparametersOf(settings, batches, epoch.number);
    const { learningRates } = hyperparameters;
    learningRates.forEach((_, b) => (learningRates[b] = plan.rateAt(epoch.epochsTrained(batchSize, b * batchSize))));
    this.fitEngine(plan);

    const { stepSize } = this;
    const start = this.context.now();
    let trained = 0;
    let continues = true;
    try {
      for (const progress of this.engine.train(epoch.next(batches, batchSize), hyperparameters)) {
        if (progress.kind === 'batches') {
          this.count(progress, epoch, curve, batchSize, learningRates.subarray(trained));
          trained += progress.losses.length;
          if (plan.settings !== settings || oneBatch()) return continues;
        } else if (continues) {
          this.imagesDone = progress.share * batchSize;
          continues = await mayContinue();
          if (!continues && plan.settings === settings) return false;
        }
      }
    } finally {
      this.imagesDone = undefined;
    }
    stepSize.record(this.context.now() - start);
    return continues;
  }

  /** @param learningRates of these batches, and of those after them */
  private count(
    scores: BatchScores,
    epoch: CurrentEpoch,
    curve: TrainCurve,
    batchSize: number,
    learningRates: Float64Array,
  ): void {
    this.imagesDone = undefined;
    scores.losses.forEach((loss, b) => {
      const epochs = epoch.epochsTrained(batchSize, (b + 1) * batchSize);
      curve.add(loss, scores.correct[b]!, batchSize, epochs, learningRates[b]!);
      this.learningRate = learningRates[b]!;
    });
    epoch.add(scores, batchSize);
    this.updates += scores.losses.length;
  }

  /** Replaces an engine whose memory layout does not fit the settings by one with the same state. */
  private fitEngine({ settings }: RunPlan): void {
    if (this.engine.fits(settings)) return;
    const before = this.engine;
    this.engine = this.context.createEngine({ dataset: this.dataset, settings, state: before.readState() });
    before.dispose();
  }
}
