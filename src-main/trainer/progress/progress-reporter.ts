// Sends the page the progress, curve, weights, gradients and activations of a run, and main its share for the taskbar.
// Limits how often each is sent, and how much of the training time it may cost.
import type { Report, RunEvent } from '../../../src-shared/contract';
import { weightPictures } from '../../../src-shared/runs/weight-pictures';
import type { Settings } from '../../../src-shared/settings/settings';
import type { Dataset } from '../data/dataset';
import { hyperparametersOf, layerSizes, type Engine } from '../engine/engine';
import { describeGradient } from './gradient-histogram';
import { CostLimit, RateLimit, secondsLeft, type TrainCurve } from './progress';

/** Milliseconds. Less than 200, because a step may come in between: views should change five times a second. */
const VIEW_INTERVAL = 176;
/** The same while the page shows no view of training: the bar on top still moves. */
const HIDDEN_INTERVAL = 400;
const TASKBAR_INTERVAL = 500;
/** Shares of the training time, 0 to 1. */
const WEIGHTS_SHARE = 0.015;
const GRADIENTS_SHARE = 0.015;
const ACTIVATIONS_SHARE = 0.01;
/** Most activations in one event: 64 MB. A wide layer is sent for the first test images only. */
const MOST_ACTIVATIONS = 2 ** 24;
/** Most images that a shown gradient is the mean of. */
const GRADIENT_IMAGES = 128;

export interface ProgressContext {
  /** activeTime: milliseconds without pauses. */
  control: { activeTime: () => number };
  emit: (event: RunEvent) => void;
  report: (report: Report) => void;
  /** Milliseconds since any fixed moment. */
  now: () => number;
  /** Memory of this process in bytes. */
  memory: () => number;
  /** Whether the page shows training at the moment. */
  watched: () => boolean;
}

/** A run at one moment. */
export interface TrainingSnapshot {
  engine: Engine;
  /** False in the middle of a batch: the engine can then compute nothing else. */
  isEngineFree: boolean;
  /** As they are after all changes. */
  settings: Settings;
  /** Epochs in all. */
  epochs: number;
  /** Number of the current epoch, 1 for the first. */
  epoch: number;
  /** Batches trained in the current epoch, with the fraction of the current batch. */
  batch: number;
  /** Batches of the current epoch in all. */
  batches: number;
  /** Epochs trained in whole batches, with a fraction: 2.5 is the middle of the third. */
  epochsTrained: number;
  /** The same, with the fraction of the current batch. */
  epochsReached: number;
  /** Of the next update. */
  learningRate: number;
  imagesPerSecond: number;
  /** Positions of the images of the next batch; at the end of an epoch, of its last batch. */
  nextImages: Uint32Array;
}

/** The run whose progress is reported. */
interface ReportedRun {
  run: number;
  dataset: Dataset;
  curve: TrainCurve;
}

export class ProgressReporter {
  private readonly viewLimit: RateLimit;
  private readonly hiddenLimit: RateLimit;
  private readonly weightsLimit: CostLimit;
  private readonly gradientsLimit: CostLimit;
  private readonly activationsLimit: CostLimit;
  private readonly taskbarLimit: RateLimit;
  /** Active time and epochs trained when training last began or continued. */
  private start: { time: number; epochs: number };
  private requestedLayer: number | undefined;
  /** Whether gradients and activations are due as soon as the engine is free. */
  private owesEngineViews = false;

  constructor(
    private readonly reported: ReportedRun,
    private readonly context: ProgressContext,
    epochsTrained: number,
  ) {
    const { now, control } = context;
    this.viewLimit = new RateLimit(VIEW_INTERVAL, now);
    this.hiddenLimit = new RateLimit(HIDDEN_INTERVAL, now);
    this.weightsLimit = new CostLimit(WEIGHTS_SHARE, now);
    this.gradientsLimit = new CostLimit(GRADIENTS_SHARE, now);
    this.activationsLimit = new CostLimit(ACTIVATIONS_SHARE, now);
    this.taskbarLimit = new RateLimit(TASKBAR_INTERVAL, now);
    this.start = { time: control.activeTime(), epochs: epochsTrained };
  }

  /** Called when training begins or continues: the remaining time is estimated from here. */
  startClock(epochsTrained: number): void {
    this.start = { time: this.context.control.activeTime(), epochs: epochsTrained };
  }

  /** Sends what the limits allow at the moment. */
  sendDue(snapshot: TrainingSnapshot): void {
    if ((this.context.watched() ? this.viewLimit : this.hiddenLimit).ready()) this.sendViews(snapshot);
    if (this.owesEngineViews && snapshot.isEngineFree) this.sendEngineViews(snapshot);
    if (this.taskbarLimit.ready()) this.reportShare(snapshot);
  }

  /** Everything at once, so that the page is drawn once. */
  private sendViews(snapshot: TrainingSnapshot): void {
    this.sendProgress(snapshot);
    if (this.context.watched()) this.weightsLimit.attempt(() => this.sendWeights(snapshot));
    this.owesEngineViews = true;
  }

  private sendEngineViews(snapshot: TrainingSnapshot): void {
    this.owesEngineViews = false;
    this.gradientsLimit.attempt(() => this.sendGradients(snapshot));
    if (this.requestedLayer !== undefined) this.activationsLimit.attempt(() => this.sendRequestedActivations(snapshot));
  }

  /** Sends progress, weights, requested activations and the share, whatever the limits say. */
  sendAll(snapshot: TrainingSnapshot): void {
    this.sendProgress(snapshot);
    this.sendWeights(snapshot);
    this.sendRequestedActivations(snapshot);
    this.reportShare(snapshot);
  }

  sendProgress(snapshot: TrainingSnapshot): void {
    const { control, memory, emit } = this.context;
    const { run, curve } = this.reported;
    const { epoch, batch, batches, learningRate, imagesPerSecond } = snapshot;
    const toTrain = snapshot.epochs - this.start.epochs;
    const done = toTrain > 0 ? (snapshot.epochsReached - this.start.epochs) / toTrain : 1;
    const progress = {
      epoch,
      batch,
      batches,
      learningRate,
      imagesPerSecond,
      secondsLeft: secondsLeft(done, (control.activeTime() - this.start.time) / 1000),
      memory: memory(),
    };
    emit({ kind: 'progress', run, progress, points: curve.take() });
  }

  sendWeights({ engine, epochsTrained }: TrainingSnapshot): void {
    const { run } = this.reported;
    this.context.emit({ kind: 'weights', run, network: { epochs: epochsTrained, layers: engine.readWeights() } });
  }

  /** Sends the first layer as it is at the end of an epoch, 0 for the beginning. */
  sendFrame({ engine }: TrainingSnapshot, epoch: number): void {
    const { run, dataset } = this.reported;
    const { rows, columns } = dataset.info;
    const pictures = weightPictures(engine.readFirstLayer(), rows, columns);
    this.context.emit({ kind: 'frame', run, frame: { epoch, pictures } });
  }

  /** Notes that the page wants the activations of a layer. Ignored if there is no such layer. @param layer 0: first */
  requestActivations(layer: number, { hidden }: Pick<Settings, 'hidden'>): void {
    this.requestedLayer = layer <= hidden.length ? layer : undefined;
  }

  /** Does nothing in the middle of a batch: the request then waits for the end of the batch. */
  sendRequestedActivations({ engine, isEngineFree, settings, epochsTrained }: TrainingSnapshot): void {
    const { run, dataset } = this.reported;
    const layer = this.requestedLayer;
    if (layer === undefined || !isEngineFree) return;
    this.requestedLayer = undefined;
    const units = layerSizes(dataset, settings)[layer + 1]!;
    const length = Math.min(dataset.test.count, Math.floor(MOST_ACTIVATIONS / units));
    const positions = Uint32Array.from({ length }, (_, k) => k);
    const values = engine.outputs('test', positions, layer);
    this.context.emit({ kind: 'activations', run, activations: { epochs: epochsTrained, layer, units, values } });
  }

  sendGradients({ engine, nextImages, settings, epoch, epochsTrained }: TrainingSnapshot): void {
    const positions = nextImages.subarray(0, GRADIENT_IMAGES);
    if (positions.length === 0 || !engine.fits(settings)) return;
    const layers = engine.gradients(positions, hyperparametersOf(settings, 1, epoch)).map(describeGradient);
    const { run } = this.reported;
    this.context.emit({ kind: 'gradients', run, gradients: { epochs: epochsTrained, layers } });
  }

  /** For the taskbar: share of the run that is done, 0 to 1. */
  private reportShare({ epochsReached, epochs }: TrainingSnapshot): void {
    this.context.report({ kind: 'progress', run: this.reported.run, done: epochsReached / epochs });
  }
}
