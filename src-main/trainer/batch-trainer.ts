// Trains batch after batch of an epoch, some in a step, with the engine that fits the settings as they stand.
import type { Dataset } from './data/dataset';
import { hyperparametersOf, type Engine, type EngineOptions } from './engine/engine';
import type { EpochInFlight } from './epoch-in-flight';
import { StepSize, type TrainCurve } from './progress';
import type { RunPlan } from './run-plan';

export interface BatchContext {
  createEngine: (options: EngineOptions) => Engine;
  /** Milliseconds from any fixed moment. */
  now: () => number;
}

export class BatchTrainer {
  /** Of the batches in flight, with fractions of a batch. */
  imagesInFlight = 0;
  /** Made so far. */
  updates = 0;
  /** Of the last update. */
  learningRate = 0;
  /** Of the batches in flight, once they are done. */
  private imagesOfStep = 0;
  private stepSize = new StepSize(1);

  constructor(
    private readonly dataset: Dataset,
    private readonly context: BatchContext,
    public engine: Engine,
  ) {}

  /** Images of the batches in flight, once they are done; 0 between batches. */
  get imagesBegun(): number {
    return this.imagesOfStep;
  }

  /** Other batches take another time: a step is one of them at first. */
  forgetPace(): void {
    this.stepSize = new StepSize(1);
  }

  /**
   * A step: some batches, each one update.
   * @param most batches
   * @param reach called in the middle of long batches
   * @returns false where reach says so: a batch in flight has then had no effect
   */
  async step(epoch: EpochInFlight, plan: RunPlan, curve: TrainCurve, most: number, reach: () => Promise<boolean>): Promise<boolean> {
    const { settings } = plan;
    const { batchSize } = settings;
    const batches = Math.min(epoch.batchesLeft(batchSize), most, this.stepSize.pieces);
    const hyperparameters = hyperparametersOf(settings, batches, epoch.number);
    hyperparameters.learningRates.forEach((_, b, rates) => (rates[b] = plan.rateAt(epoch.epochsTrained(batchSize, b * batchSize))));
    this.fitEngine(plan);

    const start = this.context.now();
    const { stepSize } = this;
    this.imagesOfStep = batches * batchSize;
    try {
      const parts = this.engine.train(epoch.next(batches, batchSize), hyperparameters);
      let part = parts.next();
      for (; !part.done; part = parts.next()) {
        this.imagesInFlight = part.value * batchSize;
        if (!(await reach())) return false;
      }
      const scores = part.value;
      const { losses, correct } = scores;
      const trainedWith = (b: number): number => epoch.epochsTrained(batchSize, (b + 1) * batchSize);
      losses.forEach((loss, b) => curve.add(loss, correct[b]!, batchSize, trainedWith(b), hyperparameters.learningRates[b]!));
      epoch.add(scores, batchSize);
    } finally {
      this.imagesOfStep = this.imagesInFlight = 0;
    }
    this.updates += batches;
    this.learningRate = hyperparameters.learningRates.at(-1)!;
    stepSize.tell(this.context.now() - start);
    return true;
  }

  /** A new engine with all that the present one has learned, where that one is not laid out for changed settings. */
  private fitEngine({ settings }: RunPlan): void {
    if (this.engine.fits(settings)) return;
    const before = this.engine;
    this.engine = this.context.createEngine({ dataset: this.dataset, settings, state: before.readState() });
    before.dispose();
  }
}
