// One run from its first batch to its end. Tells what happens through events and reports; decides nothing about ports,
// windows or files.
import type { Checkpoint, EpochResult, Report, RunEvent } from '../../src-shared/contract';
import { StudioError, toFailure } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings';
import { batchesPerEpoch, epochOrder } from './data/batches';
import type { Dataset } from './data/dataset';
import { layerSizes, type BatchScores, type Engine, type EngineOptions } from './engine/engine';
import { evaluateTest, type Evaluation } from './evaluate';
import { pointsPerEpoch, RateLimit, secondsLeft, StepSize, TrainCurve } from './progress';
import { Random } from './rng';
import type { RunControl } from './run-control';
import { weightPictures } from './weight-pictures';

export interface Run {
  run: number;
  dataset: Dataset;
  settings: Settings;
}

/** All that a run takes from the world around it. */
export interface RunContext {
  createEngine: (options: EngineOptions) => Engine;
  control: RunControl;
  emit: (event: RunEvent) => void;
  report: (report: Report) => void;
  /** Milliseconds from any fixed moment. */
  now: () => number;
  /** Memory of this process, bytes. */
  memory: () => number;
}

const PROGRESS_INTERVAL = 100;
const PICTURES_INTERVAL = 250;
const TASKBAR_INTERVAL = 500;

/** Trains to the end, a stop or a failure: one of finished and failed is always the last event. Never throws. */
export async function trainRun(run: Run, context: RunContext): Promise<void> {
  const { emit, report, control } = context;
  let engine: Engine | undefined;
  try {
    checkFit(run.settings, run.dataset);
    engine = context.createEngine({ dataset: run.dataset, settings: run.settings });
    await new TrainingRun(run, context, engine).train();
    emit({ kind: 'finished', run: run.run, reason: control.stopped ? 'stopped' : 'completed' });
  } catch (error) {
    emit({ kind: 'failed', run: run.run, error: toFailure(error) });
  } finally {
    engine?.dispose();
  }
  report({ kind: 'ended', run: run.run });
}

/** Throws a StudioError of code settings-refused where settings do not fit the dataset. */
export function checkFit({ batchSize }: Settings, { info }: Dataset): void {
  if (batchSize > info.trainCount) {
    throw new StudioError(
      'settings-refused',
      `A batch of ${batchSize} images is more than the ${info.trainCount} training images of this dataset. Please choose a smaller batch size.`,
    );
  }
}

class TrainingRun {
  private readonly order: Random;
  private readonly batches: number;
  private readonly curve: TrainCurve;
  private readonly progressLimit: RateLimit;
  private readonly picturesLimit: RateLimit;
  private readonly taskbarLimit: RateLimit;
  private readonly startTime: number;
  private reached = { epoch: 1, batch: 0, imagesPerSecond: 0 };
  private readonly batchesAStep = new StepSize(1);
  private readonly imagesAStep = new StepSize(16);

  constructor(
    private readonly run: Run,
    private readonly context: RunContext,
    private readonly engine: Engine,
  ) {
    const { dataset, settings } = run;
    this.order = new Random(settings.seed, 'order');
    this.batches = batchesPerEpoch(dataset.train.count, settings.batchSize);
    this.curve = new TrainCurve(this.batches, settings.batchSize, pointsPerEpoch(settings.epochs, this.batches));
    this.progressLimit = new RateLimit(PROGRESS_INTERVAL, context.now);
    this.picturesLimit = new RateLimit(PICTURES_INTERVAL, context.now);
    this.taskbarLimit = new RateLimit(TASKBAR_INTERVAL, context.now);
    this.startTime = context.control.activeTime();
  }

  async train(): Promise<void> {
    const { run, dataset, settings } = this.run;
    const sizes = layerSizes(dataset, settings);
    this.context.emit({ kind: 'started', run, settings, sizes, engine: this.engine.details });
    this.showWeights();
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      if (!(await this.trainEpoch(epoch))) break;
    }
    // Whatever the rate limits have held back.
    this.tellProgress();
    this.showWeights();
  }

  /** @returns false where the run was stopped in the middle */
  private async trainEpoch(epoch: number): Promise<boolean> {
    const { control } = this.context;
    const { dataset, settings } = this.run;
    const { batchSize } = settings;
    const startTime = control.activeTime();
    const positions = epochOrder(this.order, dataset.train.count, batchSize);
    let lossSum = 0;
    let correctSum = 0;

    for (let batch = 0; batch < this.batches; ) {
      const end = Math.min(this.batches, batch + this.batchesAStep.pieces);
      const reach = async (done: number): Promise<boolean> => {
        if (!(await control.mayContinue())) return false;
        this.reached = { epoch, batch: done, imagesPerSecond: (done * batchSize) / secondsSince(startTime, control) };
        this.tellWhatIsDue();
        return control.mayContinue(); // again, since pictures of many weights take a while
      };
      const scores = await this.trainStep(positions.subarray(batch * batchSize, end * batchSize), (done) => reach(batch + done));
      if (!scores) return false;
      lossSum = scores.losses.reduce((sum, loss) => sum + loss, lossSum);
      correctSum = scores.correct.reduce((sum, correct) => sum + correct, correctSum);
      if (!Number.isFinite(lossSum)) throw diverged(epoch);
      batch = end;
      if (!(await reach(batch))) return false;
    }

    const { imagesPerSecond } = this.reached;
    const test = await evaluateTest(this.engine, dataset, { step: this.imagesAStep, now: this.context.now, mayContinue: () => control.mayContinue() });
    if (!test) return false;
    this.finishEpoch(test, {
      epoch,
      trainLoss: lossSum / this.batches,
      trainAccuracy: correctSum / (this.batches * batchSize),
      testLoss: test.loss,
      testAccuracy: test.accuracy,
      seconds: secondsSince(startTime, control),
      imagesPerSecond,
    });
    return true;
  }

  /**
   * @param reach told how many of the batches are done, in the middle of one; whether to go on
   * @returns undefined where it was not to go on
   */
  private async trainStep(positions: Uint32Array, reach: (batches: number) => Promise<boolean>): Promise<BatchScores | undefined> {
    const start = this.context.now();
    const parts = this.engine.train(positions);
    let part = parts.next();
    for (; !part.done; part = parts.next()) if (!(await reach(part.value))) return undefined;
    const scores = part.value;
    scores.losses.forEach((loss, b) => this.curve.add(loss, scores.correct[b]!));
    this.batchesAStep.tell(this.context.now() - start);
    return scores;
  }

  private tellWhatIsDue(): void {
    if (this.progressLimit.ready()) this.tellProgress();
    if (this.picturesLimit.ready()) this.showWeights();
    if (this.taskbarLimit.ready()) this.context.report({ kind: 'progress', run: this.run.run, done: this.shareDone() });
  }

  private tellProgress(): void {
    const { control, memory, emit } = this.context;
    const left = secondsLeft(this.shareDone(), secondsSince(this.startTime, control));
    const progress = { ...this.reached, batches: this.batches, secondsLeft: left, memory: memory() };
    emit({ kind: 'progress', run: this.run.run, progress, points: this.curve.take() });
  }

  /** Share of the run that is done, 0 to 1. */
  private shareDone(): number {
    const { epoch, batch } = this.reached;
    return (epoch - 1 + batch / this.batches) / this.run.settings.epochs;
  }

  private showWeights(): void {
    const { rows, columns } = this.run.dataset.info;
    const pictures = weightPictures(this.engine.readFirstLayer(), rows, columns);
    this.context.emit({ kind: 'weights', run: this.run.run, pictures });
  }

  private finishEpoch({ mistakes }: Evaluation, result: EpochResult): void {
    const { run, dataset, settings } = this.run;
    const { name, hash, rows, columns, classNames, trainCount, testCount } = dataset.info;
    const checkpoint: Checkpoint = {
      run,
      layers: this.engine.readWeights(),
      activation: settings.activation,
      settings,
      dataset: { name, hash, rows, columns, classNames, trainCount, testCount },
      result,
    };
    this.context.report({ kind: 'checkpoint', checkpoint });
    this.context.emit({ kind: 'epoch', run, result, mistakes });
  }
}

function secondsSince(start: number, control: RunControl): number {
  return (control.activeTime() - start) / 1000;
}

function diverged(epoch: number): StudioError {
  return new StudioError(
    'training-diverged',
    `Training diverged in epoch ${epoch}: the loss is no longer a number, because the steps were too large. ` +
      'Please choose a lower learning rate and train again.',
  );
}
