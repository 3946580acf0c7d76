// A run in flight: trains and evaluates epoch after epoch, obeys orders between two steps, keeps the best weights, and can go on
// after its end. Tells what happens through events and reports.
import type { EpochResult, FinishReason, Score, Step } from '../../src-shared/contract';
import { toFailure } from '../../src-shared/errors';
import type { LiveChanges } from '../../src-shared/settings';
import { BestEpoch } from './best-epoch';
import { makeCheckpoint, type Run } from './checkpoint';
import { batchesPerEpoch, epochOrder } from './data/batches';
import type { Dataset } from './data/dataset';
import { splitValidation, type ValidationSplit } from './data/validation';
import { hyperparametersOf, layerSizes, type Engine, type EngineOptions } from './engine/engine';
import { EpochInFlight } from './epoch-in-flight';
import { evaluateTest, evaluateValidation, type Evaluation, type EvaluationPace } from './evaluate';
import { pointsPerEpoch, StepSize, TrainCurve } from './progress';
import { Random } from './rng';
import { RunNews, secondsSince, type NewsContext, type NewsSource } from './run-news';
import { RunPlan } from './run-plan';

/** All that a run takes from the world around it. */
export interface RunContext extends NewsContext {
  createEngine: (options: EngineOptions) => Engine;
}

export class TrainingRun implements NewsSource {
  readonly run: number;
  readonly dataset: Dataset;
  readonly plan: RunPlan;
  readonly curve: TrainCurve;
  epoch: EpochInFlight;
  imagesInFlight = 0;
  /** Of the batches in flight, once they are done. */
  private imagesOfStep = 0;
  private updates = 0;
  private learningRate = 0;
  private batchesAStep = new StepSize(1);
  private inFlight = false;
  private broken = false;
  private readonly split: ValidationSplit;
  private readonly order: Random;
  private readonly best: BestEpoch;
  private readonly news: RunNews;
  private readonly pace: EvaluationPace;

  constructor(
    private readonly began: Run,
    private readonly context: RunContext,
    public engine: Engine,
  ) {
    const { run, dataset, settings } = began;
    this.run = run;
    this.dataset = dataset;
    this.plan = new RunPlan(settings);
    this.split = splitValidation(dataset.train.labels, dataset.info.classNames.length, settings.validationShare, settings.seed);
    this.order = new Random(settings.seed, 'order');
    this.best = new BestEpoch(settings.patience, settings.keep === 'best');
    this.epoch = this.nextEpoch(1);
    this.curve = new TrainCurve(pointsPerEpoch(settings.epochs, batchesPerEpoch(this.split.train.length, settings.batchSize)));
    this.news = new RunNews(this, context);
    this.pace = { step: new StepSize(16), now: context.now, mayContinue: () => context.control.mayContinue() };
  }

  get training(): boolean {
    return this.inFlight;
  }

  /** A run that has failed cannot go on. */
  get failed(): boolean {
    return this.broken;
  }

  /** From the first update to the end; never throws. @param until after what it pauses by itself */
  async train(until: Step): Promise<void> {
    const { run, settings, dataset } = this.began;
    this.context.control.until = until;
    this.context.emit({ kind: 'started', run, settings, sizes: layerSizes(dataset, settings), engine: this.engine.details });
    this.news.showWeights();
    this.news.keepFrame(0);
    await this.fly();
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
    const change = this.plan.change(wanted, this.epochsTrained(), this.updates + this.imagesOfStep / batchSize);
    if (!change) return;
    if (change.changes.batchSize !== undefined) this.batchesAStep = new StepSize(1);
    this.context.emit({ kind: 'changed', run: this.run, change });
    this.news.tellProgress();
  }

  pause(): void {
    this.context.control.pause();
    this.tellPaused();
  }

  resume(until: Step): void {
    this.context.control.resume(until);
    this.tellPaused();
  }

  stop(): void {
    this.context.control.stop();
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
    try {
      const reason = await this.trainToTheEnd();
      this.news.tellProgress();
      this.restoreBest();
      this.news.showWeights();
      context.emit({ kind: 'finished', run, reason });
    } catch (error) {
      this.broken = true;
      context.emit({ kind: 'failed', run, error: toFailure(error) });
    }
    this.inFlight = false;
    context.control.rest();
    context.report({ kind: 'ended', run, failed: this.broken });
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
    return new EpochInFlight(number, epochOrder(this.order, this.split.train), this.context.control.activeTime());
  }

  /** @returns false where the run was stopped in the middle */
  private async trainEpoch(): Promise<boolean> {
    const { control } = this.context;
    const { epoch, split, dataset } = this;
    while (epoch.batchesLeft(this.plan.settings.batchSize) > 0) {
      if (!(await this.trainStep())) return false;
      this.news.measureSpeed();
      if (control.until === 'batch') this.pauseByItself();
      if (!(await this.reach())) return false;
    }
    epoch.endTraining();

    let validation: Score | undefined;
    if (split.validation.length > 0) {
      validation = await evaluateValidation(this.engine, dataset, split.validation, this.pace);
      if (!validation) return false;
    }
    const test = await evaluateTest(this.engine, dataset, this.pace);
    if (!test) return false;
    this.finishEpoch(test, validation);
    return true;
  }

  /** Some batches, each one update. @returns false where it was not to go on; a batch in flight has then had no effect */
  private async trainStep(): Promise<boolean> {
    const { plan, epoch, context } = this;
    const { settings } = plan;
    const { batchSize } = settings;
    const batches = Math.min(epoch.batchesLeft(batchSize), context.control.until === 'batch' ? 1 : this.batchesAStep.pieces);
    const hyperparameters = hyperparametersOf(settings, batches, epoch.number);
    hyperparameters.learningRates.forEach((_, b, rates) => (rates[b] = plan.rateAt(epoch.epochsTrained(batchSize, b * batchSize))));
    this.fitEngine();

    const start = context.now();
    const step = this.batchesAStep;
    this.imagesOfStep = batches * batchSize;
    try {
      const parts = this.engine.train(epoch.next(batches, batchSize), hyperparameters);
      let part = parts.next();
      for (; !part.done; part = parts.next()) {
        this.imagesInFlight = part.value * batchSize;
        this.news.measureSpeed();
        if (!(await this.reach())) return false;
      }
      const scores = part.value;
      const { losses, correct } = scores;
      const trainedWith = (b: number): number => epoch.epochsTrained(batchSize, (b + 1) * batchSize);
      losses.forEach((loss, b) => this.curve.add(loss, correct[b]!, batchSize, trainedWith(b), hyperparameters.learningRates[b]!));
      epoch.add(scores, batchSize);
    } finally {
      this.imagesOfStep = this.imagesInFlight = 0;
    }
    this.updates += batches;
    this.learningRate = hyperparameters.learningRates.at(-1)!;
    step.tell(context.now() - start);
    return true;
  }

  /** A new engine with all that the present one has learned, where that one is not laid out for changed settings. */
  private fitEngine(): void {
    const { settings } = this.plan;
    if (this.engine.fits(settings)) return;
    const before = this.engine;
    this.engine = this.context.createEngine({ dataset: this.dataset, settings, state: before.readState() });
    before.dispose();
  }

  private async reach(): Promise<boolean> {
    const { control } = this.context;
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

  get betweenBatches(): boolean {
    return this.imagesOfStep === 0;
  }

  epochsTrained(): number {
    return this.epoch.epochsTrained(this.plan.settings.batchSize, this.imagesOfStep);
  }

  private finishEpoch({ loss, accuracy, predictions }: Evaluation, validation: Score | undefined): void {
    const { run, epoch, news, learningRate } = this;
    const result: EpochResult = {
      epoch: epoch.number,
      trainLoss: epoch.trainLoss,
      trainAccuracy: epoch.trainAccuracy,
      testLoss: loss,
      testAccuracy: accuracy,
      validation,
      learningRate,
      seconds: secondsSince(epoch.startTime, this.context.control),
      imagesPerSecond: news.speed,
    };
    epoch.done = true;
    const checkpoint = makeCheckpoint(this.began, this.engine.readWeights(), [...this.plan.changes], result);
    this.best.tell({ checkpoint, predictions, updates: this.updates });
    this.context.report({ kind: 'checkpoint', checkpoint });
    this.context.emit({ kind: 'epoch', run, result, predictions });
    news.keepFrame(epoch.number);
  }

  /** Puts the best weights back, unless they are those that the network has. */
  private restoreBest(): void {
    const { kept } = this.best;
    if (!kept || kept.updates === this.updates) return;
    const { checkpoint, predictions } = kept;
    this.engine.writeWeights(checkpoint.layers);
    this.context.report({ kind: 'checkpoint', checkpoint });
    this.context.emit({ kind: 'restored', run: this.run, epoch: checkpoint.result.epoch, predictions });
  }
}
