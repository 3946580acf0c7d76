// What training changes in a run: its plan, current epoch, network, best epoch and curve. Knows neither orders nor
// events.
import type { FinishReason } from '../../../src-shared/runs/progress';
import type { StoredRun } from '../../../src-shared/runs/runs';
import { batchesPerEpoch } from '../data/batches';
import { splitValidation, type ValidationSplit } from '../data/split/validation';
import type { Engine } from '../engine/engine';
import { pointsPerEpoch, TrainCurve } from '../progress/progress';
import type { TrainingSnapshot } from '../progress/progress-reporter';
import { BatchTrainer, type BatchContext } from './batch-trainer';
import { BestEpoch } from './best-epoch';
import { makeCheckpoint, type RunIdentity } from './checkpoint';
import { CurrentEpoch } from './current-epoch';
import { Permutations } from './permutations';
import { RunPlan } from './run-plan';

export class TrainingState {
  readonly plan: RunPlan;
  readonly split: ValidationSplit;
  readonly permutations: Permutations;
  readonly batches: BatchTrainer;
  readonly best: BestEpoch;
  readonly curve: TrainCurve;
  epoch: CurrentEpoch;
  /** Speed in the current epoch, as last measured. */
  imagesPerSecond = 0;

  /**
   * @param activeTime milliseconds without pauses
   * @param stored the run to continue; if undefined, training starts with epoch 1
   */
  constructor(
    readonly identity: RunIdentity,
    context: BatchContext,
    engine: Engine,
    activeTime: number,
    stored: StoredRun | undefined,
  ) {
    const { dataset, settings } = identity;
    const { patience, keep, batchSize } = settings;
    const { resume, record } = stored ?? {};
    const epochs = resume?.epoch ?? 0;
    this.plan = new RunPlan(settings);
    this.batches = new BatchTrainer(dataset, context, engine);
    this.split = splitValidation(
      dataset.train.labels,
      dataset.info.classNames.length,
      settings.validationShare,
      settings.seed,
    );
    this.permutations = new Permutations(settings.seed, this.split.train, resume?.order);
    this.best = new BestEpoch(patience, keep === 'best');
    const batches = batchesPerEpoch(this.split.train.length, batchSize);
    this.curve = new TrainCurve(pointsPerEpoch(settings.epochs, batches), { points: record?.points ?? [], epochs });
    this.epoch =
      epochs > 0
        ? CurrentEpoch.ended(epochs, this.split.train, activeTime)
        : new CurrentEpoch(1, this.permutations.next(), activeTime);
    if (stored) this.restore(stored);
  }

  private restore({ resume, record, best }: StoredRun): void {
    const { changes } = record.summary;
    this.batches.updates = resume.updates;
    this.plan.resume(resume, changes);
    const bestEpoch = best && {
      checkpoint: makeCheckpoint(this.identity, best.layers, changes, best.result),
      layers: best.layers,
      predictions: undefined,
    };
    this.best.resume(resume.best, bestEpoch);
  }

  get engine(): Engine {
    return this.batches.engine;
  }

  /** Epochs trained in whole batches, with a fraction: 2.5 is the middle of the third. */
  get epochsTrained(): number {
    return this.epoch.epochsTrained(this.plan.settings.batchSize);
  }

  /** Why training has ended; undefined while there is more to train. */
  get endOfTraining(): FinishReason | undefined {
    if (this.epoch.done && this.epoch.number >= this.plan.epochs) return 'completed';
    return this.epoch.done && this.best.outOfPatience ? 'early' : undefined;
  }

  /** @param activeTime milliseconds without pauses */
  beginNextEpoch(activeTime: number): void {
    this.epoch = new CurrentEpoch(this.epoch.number + 1, this.permutations.next(), activeTime);
  }

  /** @param activeTime milliseconds without pauses */
  measureSpeed(activeTime: number): void {
    const images = this.epoch.images + this.batches.imagesOfBatch;
    this.imagesPerSecond = images / ((activeTime - this.epoch.startTime) / 1000);
  }

  /** The values that the page is shown. */
  snapshot(): TrainingSnapshot {
    const { epoch, plan, batches } = this;
    const { batchSize } = plan.settings;
    const { epochsTrained } = this;
    return {
      engine: this.engine,
      isEngineFree: batches.betweenBatches,
      settings: plan.settings,
      epochs: plan.epochs,
      epoch: epoch.number,
      ...epoch.inBatches(batchSize, batches.imagesOfBatch),
      epochsTrained,
      epochsReached: epoch.epochsTrained(batchSize, batches.imagesOfBatch),
      learningRate: plan.rateAt(epochsTrained),
      imagesPerSecond: this.imagesPerSecond,
      nextImages: epoch.nextOrLast(batchSize),
    };
  }
}
