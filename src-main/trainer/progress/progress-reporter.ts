// What a run in flight tells: progress, curve, weights, gradients and activations to the page, its share to the
// taskbar; each not too often, and what costs time only for a small share of it.
import type { Report, RunEvent } from '../../../src-shared/contract';
import type { Dataset } from '../data/dataset';
import { hyperparametersOf, layerSizes, type Engine } from '../engine/engine';
import type { CurrentEpoch } from '../run/current-epoch';
import { describeGradient } from './gradient-histogram';
import { CostLimit, RateLimit, secondsLeft, type TrainCurve } from './progress';
import type { RunControl } from '../run/run-control';
import type { RunPlan } from '../run/run-plan';
import { weightPictures } from '../../../src-shared/runs/weight-pictures';

/** Less than 200, since a step may come in between: views are to change five times a second. */
const VIEW_INTERVAL = 176;
/** While no view of training is in front: the bar on top still moves. */
const STILL_INTERVAL = 400;
const TASKBAR_INTERVAL = 500;
/** Shares of the time that weights, gradients and activations may take. */
const NETWORK_SHARE = 0.015;
const GRADIENTS_SHARE = 0.015;
const ACTIVATIONS_SHARE = 0.01;
/**
 * Activations that the page is sent at once, at most: 64 MB. Of a wide layer and a large test set, those of the first
 * images.
 */
const MOST_ACTIVATIONS = 2 ** 24;
/** Images whose gradient is looked at, at most. */
const GRADIENT_IMAGES = 128;

export interface NewsContext {
  control: RunControl;
  emit: (event: RunEvent) => void;
  report: (report: Report) => void;
  /** Milliseconds from any fixed moment. */
  now: () => number;
  /** Memory of this process, bytes. */
  memory: () => number;
  /** Whether the page shows training just now. */
  watched: () => boolean;
}

export interface NewsSource {
  readonly run: number;
  readonly dataset: Dataset;
  readonly plan: RunPlan;
  readonly curve: TrainCurve;
  readonly engine: Engine;
  readonly epoch: CurrentEpoch;
  /** Of the batch in flight that are done, with a fraction. */
  readonly imagesInFlight: number;
  /** Whether the engine is free: no batch is left in its middle. */
  readonly betweenBatches: boolean;
  /** With their fraction. */
  epochsTrained(): number;
}

export class ProgressReporter {
  private readonly viewLimit: RateLimit;
  private readonly stillLimit: RateLimit;
  private readonly networkLimit: CostLimit;
  private readonly gradientsLimit: CostLimit;
  private readonly activationsLimit: CostLimit;
  private readonly taskbarLimit: RateLimit;
  /** Since when training has gone on without an end, and from where. */
  private start: { time: number; epochs: number };
  private imagesPerSecond = 0;
  private askedLayer: number | undefined;
  private owesLooks = false;

  constructor(
    private readonly source: NewsSource,
    private readonly context: NewsContext,
  ) {
    const { now, control } = context;
    this.viewLimit = new RateLimit(VIEW_INTERVAL, now);
    this.stillLimit = new RateLimit(STILL_INTERVAL, now);
    this.networkLimit = new CostLimit(NETWORK_SHARE, now);
    this.gradientsLimit = new CostLimit(GRADIENTS_SHARE, now);
    this.activationsLimit = new CostLimit(ACTIVATIONS_SHARE, now);
    this.taskbarLimit = new RateLimit(TASKBAR_INTERVAL, now);
    this.start = { time: control.activeTime(), epochs: source.epochsTrained() };
  }

  /** Of the epoch in flight, as measured last. */
  get speed(): number {
    return this.imagesPerSecond;
  }

  /** Training begins, or goes on after an end: the time that is left is estimated from here. */
  startClock(): void {
    this.start = { time: this.context.control.activeTime(), epochs: this.source.epochsTrained() };
  }

  measureSpeed(): void {
    const { epoch, imagesInFlight } = this.source;
    this.imagesPerSecond = (epoch.images + imagesInFlight) / secondsSince(epoch.startTime, this.context.control);
  }

  tellWhatIsDue(): void {
    if ((this.context.watched() ? this.viewLimit : this.stillLimit).ready()) this.tellViews();
    if (this.owesLooks && this.source.betweenBatches) this.tellLooks();
    if (this.taskbarLimit.ready()) this.reportShare();
  }

  /** All at once, so that the page is drawn once. */
  private tellViews(): void {
    this.tellProgress();
    if (this.context.watched()) this.networkLimit.attempt(() => this.showWeights());
    this.owesLooks = true;
  }

  /** What needs an engine that is free: in the middle of a batch it waits for the end of it. */
  private tellLooks(): void {
    this.owesLooks = false;
    this.gradientsLimit.attempt(() => this.showGradients());
    if (this.askedLayer !== undefined) this.activationsLimit.attempt(() => this.tellWhatWasAsked());
  }

  /** Whatever the limits have held back. */
  tellAll(): void {
    this.tellProgress();
    this.showWeights();
    this.tellWhatWasAsked();
    this.reportShare();
  }

  tellProgress(): void {
    const { control, memory, emit } = this.context;
    const { run, plan, curve, epoch, imagesInFlight } = this.source;
    const { batchSize } = plan.settings;
    const before = this.start.epochs;
    const toDo = plan.epochs - before;
    const done = toDo > 0 ? (epoch.epochsTrained(batchSize, imagesInFlight) - before) / toDo : 1;
    const progress = {
      epoch: epoch.number,
      ...epoch.inBatches(batchSize, imagesInFlight),
      learningRate: plan.rateAt(epoch.epochsTrained(batchSize)),
      imagesPerSecond: this.imagesPerSecond,
      secondsLeft: secondsLeft(done, secondsSince(this.start.time, control)),
      memory: memory(),
    };
    emit({ kind: 'progress', run, progress, points: curve.take() });
  }

  showWeights(): void {
    const { run, engine } = this.source;
    this.context.emit({
      kind: 'weights',
      run,
      network: { epochs: this.source.epochsTrained(), layers: engine.readWeights() },
    });
  }

  /** The first layer as it is at the end of an epoch. */
  keepFrame(epoch: number): void {
    const { run, dataset, engine } = this.source;
    const { rows, columns } = dataset.info;
    this.context.emit({
      kind: 'frame',
      run,
      frame: { epoch, pictures: weightPictures(engine.readFirstLayer(), rows, columns) },
    });
  }

  /** Wants to know what comes out of a layer, where there is one of this number. */
  look(layer: number): void {
    this.askedLayer = layer <= this.source.plan.settings.hidden.length ? layer : undefined;
  }

  tellWhatWasAsked(): void {
    const { run, engine, dataset, plan, betweenBatches } = this.source;
    const layer = this.askedLayer;
    if (layer === undefined || !betweenBatches) return;
    this.askedLayer = undefined;
    const units = layerSizes(dataset, plan.settings)[layer + 1]!;
    const length = Math.min(dataset.test.count, Math.floor(MOST_ACTIVATIONS / units));
    const values = engine.outputs(
      'test',
      Uint32Array.from({ length }, (_, k) => k),
      layer,
    );
    const activations = { epochs: this.source.epochsTrained(), layer, units, values };
    this.context.emit({ kind: 'activations', run, activations });
  }

  /** Of the next batch, or at the end of an epoch of its last. */
  showGradients(): void {
    const { run, engine, epoch, plan } = this.source;
    const { batchSize } = plan.settings;
    const positions = epoch.nextOrLast(batchSize).subarray(0, GRADIENT_IMAGES);
    if (positions.length === 0 || !engine.fits(plan.settings)) return;
    const layers = engine.gradients(positions, hyperparametersOf(plan.settings, 1, epoch.number)).map(describeGradient);
    this.context.emit({ kind: 'gradients', run, gradients: { epochs: this.source.epochsTrained(), layers } });
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
