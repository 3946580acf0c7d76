// A run in flight: trains and evaluates epoch after epoch, obeys orders between two steps, keeps the best weights, and can go on
// after its end. Tells what happens through events and reports.
import type { FinishReason, Step } from '../../src-shared/contract';
import { toFailure } from '../../src-shared/errors';
import type { StoredRun } from '../../src-shared/runs';
import type { LiveChanges } from '../../src-shared/settings';
import { BatchTrainer, type BatchContext } from './batch-trainer';
import { BestEpoch } from './best-epoch';
import { makeCheckpoint, type Run } from './checkpoint';
import { batchesPerEpoch } from './data/batches';
import type { Dataset } from './data/dataset';
import { splitValidation, type ValidationSplit } from './data/validation';
import { layerSizes, type Engine } from './engine/engine';
import { EpochInFlight } from './epoch-in-flight';
import { EpochOrders } from './epoch-orders';
import { evaluateTest, type EvaluationPace } from './evaluate';
import { pointsPerEpoch, StepSize, TrainCurve } from './progress';
import { resumePoint } from './resume-point';
import { RunJudge } from './run-judge';
import { RunNews, secondsSince, type NewsContext, type NewsSource } from './run-news';
import { RunPlan } from './run-plan';
import { finishOf, storedEvents } from './stored-events';

/** All that a run takes from the world around it. */
export type RunContext = NewsContext & BatchContext;

export class TrainingRun implements NewsSource {
  readonly run: number;
  readonly dataset: Dataset;
  readonly plan: RunPlan;
  readonly curve: TrainCurve;
  epoch: EpochInFlight;
  private inFlight = false;
  private broken = false;
  private readonly split: ValidationSplit;
  readonly orders: EpochOrders;
  private readonly batches: BatchTrainer;
  readonly best: BestEpoch;
  private readonly news: RunNews;
  private readonly judge: RunJudge;
  private readonly pace: EvaluationPace;

  constructor(
    private readonly began: Run,
    private readonly context: RunContext,
    engine: Engine,
    stored?: StoredRun,
  ) {
    const { run, dataset, settings } = began;
    this.run = run;
    this.dataset = dataset;
    this.plan = new RunPlan(settings);
    this.batches = new BatchTrainer(dataset, context, engine);
    this.split = splitValidation(dataset.train.labels, dataset.info.classNames.length, settings.validationShare, settings.seed);
    const { resume, record, best } = stored ?? {};
    const epochs = resume?.epoch ?? 0;
    this.orders = new EpochOrders(settings.seed, this.split.train, resume?.order);
    this.best = new BestEpoch(settings.patience, settings.keep === 'best');
    const pointsAnEpoch = pointsPerEpoch(settings.epochs, batchesPerEpoch(this.split.train.length, settings.batchSize));
    this.curve = new TrainCurve(pointsAnEpoch, { points: record?.points ?? [], epochs });
    this.epoch = epochs > 0 ? EpochInFlight.ended(epochs, this.split.train, context.control.activeTime()) : this.nextEpoch(1);
    if (resume && record) {
      const { changes } = record.summary;
      this.batches.updates = resume.updates;
      this.plan.resume(resume, changes);
      this.best.resume(resume.best, best && { checkpoint: makeCheckpoint(began, best.layers, changes, best.result), predictions: undefined });
    }
    this.news = new RunNews(this, context);
    this.pace = { step: new StepSize(16), now: context.now, mayContinue: () => context.control.mayContinue() };
    this.judge = new RunJudge(this, began, this.split, context, this.pace);
  }

  get training(): boolean {
    return this.inFlight;
  }

  /** A run that has failed cannot go on. */
  get failed(): boolean {
    return this.broken;
  }

  /**
   * From the first update to the end; never throws.
   * @param until after what it pauses by itself; undefined: the weights that it begins with are judged, and it rests
   */
  async train(until: Step | undefined): Promise<void> {
    const { run, settings, dataset } = this.began;
    this.context.emit({ kind: 'started', run, settings, sizes: layerSizes(dataset, settings), engine: this.engine.details });
    this.context.report({ kind: 'began', run, engine: this.engine.details, position: resumePoint(this.engine.readState(), this) });
    this.news.showWeights();
    this.news.keepFrame(0);
    if (until === undefined) {
      await this.judge.start();
      this.news.tellAll();
      return this.rest('stopped', undefined);
    }
    this.context.control.until = until;
    await this.fly();
  }

  /** Shows a run that was kept, as it was at the end of its last epoch. @param until goes on with it, until then; undefined: it rests */
  async show({ record, resume }: StoredRun, until: Step | undefined): Promise<void> {
    const { run, context, engine, dataset, began } = this;
    const { summary, history } = record;
    const test = await evaluateTest(engine, dataset, this.pace);
    const result = history.find(({ epoch }) => epoch === resume.restored) ?? history.at(-1);
    if (result) context.report({ kind: 'checkpoint', checkpoint: makeCheckpoint(began, resume.layers, summary.changes, result), epoch: undefined });
    storedEvents({ run, sizes: layerSizes(dataset, began.settings), engine: engine.details, record, resume, predictions: test?.predictions }).forEach(context.emit);
    this.news.tellAll();
    this.news.keepFrame(resume.epoch);
    if (until !== undefined && resume.epoch < this.plan.epochs) {
      context.control.until = until;
      return this.fly();
    }
    this.rest(finishOf(summary.status), summary.message);
  }

  /** Over without having been trained. */
  private rest(reason: FinishReason, message: string | undefined): void {
    const { run, context } = this;
    context.emit({ kind: 'finished', run, reason });
    context.control.rest();
    context.report({ kind: 'ended', run, reason, message });
  }

  /**
   * Goes on after the end, by so many epochs more; an epoch that a stop has cut off is finished first, and not counted. Where the
   * best weights were put back, it goes on from those.
   */
  async goOn(epochs: number, until: Step): Promise<void> {
    const { run, epoch, plan, context } = this;
    const { control, emit } = context;
    const before = epoch.done || epoch.images > 0 ? epoch.number : epoch.number - 1;
    plan.goOn(this.epochsTrained(), before + epochs);
    this.best.forgive();
    control.resume(until);
    emit({ kind: 'extended', run, epochs: plan.epochs });
    this.tellPaused();
    this.news.tellAll();
    await this.fly();
  }

  /** More epochs for a run in flight; one that is paused stays so. */
  extend(epochs: number): void {
    this.plan.extend(epochs);
    this.context.emit({ kind: 'extended', run: this.run, epochs: this.plan.epochs });
    this.news.tellProgress();
  }

  /** From the next update on: batches that are in flight already keep what they have begun with. */
  change(wanted: LiveChanges): void {
    const { batchSize } = this.plan.settings;
    const change = this.plan.change(wanted, this.epochsTrained(), this.batches.updates + this.batches.imagesBegun / batchSize);
    if (!change) return;
    if (change.changes.batchSize !== undefined) this.batches.forgetPace();
    this.context.emit({ kind: 'changed', run: this.run, change });
    this.news.tellProgress();
  }

  pause(): void {
    this.context.control.pause();
    this.news.tellProgress(); // where it stands now: what was told last is older
    this.tellPaused();
  }

  resume(until: Step): void {
    this.context.control.resume(until);
    this.tellPaused();
  }

  stop(): void {
    this.context.control.stop();
  }

  /** Tells what the page was not told while it showed something else. */
  showNow(): void {
    this.news.tellProgress();
    this.news.showWeights();
  }

  /** Tells what comes out of a layer for the test images: at once, or as soon as no batch is in its middle. */
  look(layer: number): void {
    this.news.look(layer);
    if (!this.inFlight || this.context.control.paused) this.news.tellWhatWasAsked();
  }

  dispose(): void {
    this.engine.dispose();
  }

  private async fly(): Promise<void> {
    const { run, context } = this;
    this.inFlight = true;
    let end: { reason: FinishReason | 'failed'; message: string | undefined };
    try {
      const reason = await this.trainToTheEnd();
      this.news.tellProgress();
      this.news.showGradients(); // a short run ends before the limit on their cost lets a second one through
      await this.judge.restoreBest();
      this.news.showWeights();
      context.emit({ kind: 'finished', run, reason });
      end = { reason, message: undefined };
    } catch (error) {
      this.broken = true;
      const failure = toFailure(error);
      context.emit({ kind: 'failed', run, error: failure });
      end = { reason: 'failed', message: failure.message };
    }
    this.inFlight = false;
    context.control.rest();
    context.report({ kind: 'ended', run, ...end });
  }

  private async trainToTheEnd(): Promise<FinishReason> {
    const { control } = this.context;
    for (;;) {
      if (this.epoch.done) this.epoch = this.nextEpoch(this.epoch.number + 1);
      if (!(await this.trainEpoch())) return 'stopped';
      if (this.epoch.number >= this.plan.epochs) return 'completed';
      if (this.best.outOfPatience) return 'early';
      if (control.until === 'epoch') this.pauseByItself();
      if (!(await control.mayContinue())) return 'stopped';
    }
  }

  private nextEpoch(number: number): EpochInFlight {
    return new EpochInFlight(number, this.orders.next(), this.context.control.activeTime());
  }

  /** @returns false where the run was stopped in the middle */
  private async trainEpoch(): Promise<boolean> {
    const { control } = this.context;
    const { epoch } = this;
    while (epoch.batchesLeft(this.plan.settings.batchSize) > 0) {
      if (!(await this.batches.step(epoch, this.plan, this.curve, control.until === 'batch' ? 1 : Infinity, () => this.reach()))) return false;
      this.news.measureSpeed();
      if (control.until === 'batch') this.pauseByItself();
      if (!(await this.reach())) return false;
    }
    epoch.endTraining();

    const { learningRate } = this.batches;
    const finished = await this.judge.epoch({ learningRate, imagesPerSecond: this.news.speed, seconds: () => secondsSince(epoch.startTime, control) });
    if (finished) this.news.keepFrame(epoch.number);
    return finished;
  }

  private async reach(): Promise<boolean> {
    const { control } = this.context;
    this.news.measureSpeed();
    if (!(await control.mayContinue())) return false;
    this.news.tellWhatIsDue();
    return control.mayContinue(); // again, since pictures of many weights take a while
  }

  private pauseByItself(): void {
    this.context.control.pause();
    if (!this.context.control.paused) return; // stopped meanwhile
    this.news.tellAll();
    this.tellPaused();
  }

  private tellPaused(): void {
    const { run, context } = this;
    const { paused } = context.control;
    context.emit({ kind: 'paused', run, paused });
    context.report({ kind: 'paused', run, paused });
  }

  get engine(): Engine {
    return this.batches.engine;
  }

  get imagesInFlight(): number {
    return this.batches.imagesInFlight;
  }

  get betweenBatches(): boolean {
    return this.batches.imagesBegun === 0;
  }

  epochsTrained(): number {
    return this.epoch.epochsTrained(this.plan.settings.batchSize, this.batches.imagesBegun);
  }
}
