// What a run in flight tells: progress, curve and weights to the page, its share to the taskbar; each not too often.
import type { Report, RunEvent } from '../../src-shared/contract';
import type { Dataset } from './data/dataset';
import type { Engine } from './engine/engine';
import type { EpochInFlight } from './epoch-in-flight';
import { RateLimit, secondsLeft, type TrainCurve } from './progress';
import type { RunControl } from './run-control';
import type { RunPlan } from './run-plan';
import { weightPictures } from './weight-pictures';

const PROGRESS_INTERVAL = 100;
const PICTURES_INTERVAL = 250;
const TASKBAR_INTERVAL = 500;

export interface NewsContext {
  control: RunControl;
  emit: (event: RunEvent) => void;
  report: (report: Report) => void;
  /** Milliseconds from any fixed moment. */
  now: () => number;
  /** Memory of this process, bytes. */
  memory: () => number;
}

export interface NewsSource {
  readonly run: number;
  readonly dataset: Dataset;
  readonly plan: RunPlan;
  readonly curve: TrainCurve;
  readonly engine: Engine;
  readonly epoch: EpochInFlight;
  /** Images of the batches in flight that are done, with fractions of a batch. */
  readonly imagesInFlight: number;
}

export class RunNews {
  private readonly progressLimit: RateLimit;
  private readonly picturesLimit: RateLimit;
  private readonly taskbarLimit: RateLimit;
  private readonly startTime: number;
  private imagesPerSecond = 0;

  constructor(
    private readonly source: NewsSource,
    private readonly context: NewsContext,
  ) {
    this.progressLimit = new RateLimit(PROGRESS_INTERVAL, context.now);
    this.picturesLimit = new RateLimit(PICTURES_INTERVAL, context.now);
    this.taskbarLimit = new RateLimit(TASKBAR_INTERVAL, context.now);
    this.startTime = context.control.activeTime();
  }

  /** Of the epoch in flight, as measured last. */
  get speed(): number {
    return this.imagesPerSecond;
  }

  measureSpeed(): void {
    const { epoch, imagesInFlight } = this.source;
    this.imagesPerSecond = (epoch.images + imagesInFlight) / secondsSince(epoch.startTime, this.context.control);
  }

  tellWhatIsDue(): void {
    if (this.progressLimit.ready()) this.tellProgress();
    if (this.picturesLimit.ready()) this.showWeights();
    if (this.taskbarLimit.ready()) this.reportShare();
  }

  /** Whatever the limits have held back. */
  tellAll(): void {
    this.tellProgress();
    this.showWeights();
    this.reportShare();
  }

  tellProgress(): void {
    const { control, memory, emit } = this.context;
    const { run, plan, curve, epoch, imagesInFlight } = this.source;
    const { batchSize } = plan.settings;
    const wholeBatches = Math.floor(imagesInFlight / batchSize + 1e-9) * batchSize;
    const progress = {
      epoch: epoch.number,
      ...epoch.inBatches(batchSize, imagesInFlight),
      learningRate: plan.rateAt(epoch.epochsTrained(batchSize, wholeBatches)),
      imagesPerSecond: this.imagesPerSecond,
      secondsLeft: secondsLeft(this.shareDone(), secondsSince(this.startTime, control)),
      memory: memory(),
    };
    emit({ kind: 'progress', run, progress, points: curve.take() });
  }

  showWeights(): void {
    const { run, dataset, engine } = this.source;
    const { rows, columns } = dataset.info;
    this.context.emit({ kind: 'weights', run, pictures: weightPictures(engine.readFirstLayer(), rows, columns) });
  }

  private reportShare(): void {
    this.context.report({ kind: 'progress', run: this.source.run, done: this.shareDone() });
  }

  /** Share of the run that is done, 0 to 1. */
  private shareDone(): number {
    const { epoch, plan, imagesInFlight } = this.source;
    return epoch.epochsTrained(plan.settings.batchSize, imagesInFlight) / plan.epochs;
  }
}

export function secondsSince(start: number, control: RunControl): number {
  return (control.activeTime() - start) / 1000;
}
