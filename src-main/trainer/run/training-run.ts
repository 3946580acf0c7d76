// A run in flight: trains and evaluates epoch after epoch, obeys orders between two steps, keeps the best weights, and
// can be trained further after its end. Emits events for the page, and reports for main.
import type { FinishReason, Step } from '../../../src-shared/runs/progress';
import type { StoredRun } from '../../../src-shared/runs/runs';
import type { LiveChanges } from '../../../src-shared/settings/settings';
import { BatchTrainer, type BatchContext } from './batch-trainer';
import { BestEpoch } from './best-epoch';
import { makeCheckpoint, type Run } from './checkpoint';
import { batchesPerEpoch } from '../data/batches';
import type { Dataset } from '../data/dataset';
import { splitValidation, type ValidationSplit } from '../data/split/validation';
import { layerSizes, type Engine } from '../engine/engine';
import { CurrentEpoch } from './current-epoch';
import { EpochOrders } from './permutations';
import { evaluateTest, type EvaluationPace } from './evaluate';
import { pointsPerEpoch, StepSize, TrainCurve } from '../progress/progress';
import { resumePoint } from './resume-point';
import { RunEvaluator } from './run-evaluator';
import { ProgressReporter, secondsSince, type NewsContext, type NewsSource } from '../progress/progress-reporter';
import { RunPlan } from './run-plan';
import { RunWork, type Outcome } from './run-work';
import { finishOf, storedEvents } from '../progress/stored-events';

/** All that a run takes from the world around it. */
export type RunContext = NewsContext & BatchContext;

export class TrainingRun implements NewsSource {
  readonly run: number;
  readonly dataset: Dataset;
  readonly plan: RunPlan;
  readonly curve: TrainCurve;
  epoch: CurrentEpoch;
  private readonly split: ValidationSplit;
  readonly orders: EpochOrders;
  private readonly batches: BatchTrainer;
  readonly best: BestEpoch;
  private readonly news: ProgressReporter;
  private readonly judge: RunEvaluator;
  private readonly pace: EvaluationPace;
  private readonly work: RunWork;

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
    this.split = splitValidation(
      dataset.train.labels,
      dataset.info.classNames.length,
      settings.validationShare,
      settings.seed,
    );
    const { resume, record, best } = stored ?? {};
    const epochs = resume?.epoch ?? 0;
    this.orders = new EpochOrders(settings.seed, this.split.train, resume?.order);
    this.best = new BestEpoch(settings.patience, settings.keep === 'best');
    const pointsAnEpoch = pointsPerEpoch(settings.epochs, batchesPerEpoch(this.split.train.length, settings.batchSize));
    this.curve = new TrainCurve(pointsAnEpoch, { points: record?.points ?? [], epochs });
    this.epoch =
      epochs > 0 ? CurrentEpoch.ended(epochs, this.split.train, context.control.activeTime()) : this.nextEpoch(1);
    if (resume && record) {
      const { changes } = record.summary;
      this.batches.updates = resume.updates;
      this.plan.resume(resume, changes);
      const { best: score } = resume;
      this.best.resume(
        score,
        best && {
          checkpoint: makeCheckpoint(began, best.layers, changes, best.result),
          layers: best.layers,
          predictions: undefined,
        },
      );
    }
    this.work = new RunWork(run, context);
    this.news = new ProgressReporter(this, context);
    this.pace = { step: new StepSize(16), now: context.now, mayContinue: () => context.control.mayContinue() };
    this.judge = new RunEvaluator(this, began, this.split, context, this.pace);
  }

  /** Whether the run takes orders: it is trained, evaluated or paused. */
  get inFlight(): boolean {
    return this.context.control.inFlight;
  }

  /** Whether it can no longer be trained. */
  get failed(): boolean {
    return this.context.control.phase === 'failed';
  }

  /**
   * From the first update to the end. Never throws.
   * @param until when it pauses on its own; undefined: the weights that it begins with are evaluated, and not trained
   */
  async train(until: Step | undefined): Promise<void> {
    await this.do(until === undefined ? 'evaluating' : 'training', until, async () => {
      const { run, settings, dataset } = this.began;
      this.context.emit({
        kind: 'started',
        run,
        settings,
        sizes: layerSizes(dataset, settings),
        engine: this.engine.details,
      });
      this.context.report({
        kind: 'began',
        run,
        engine: this.engine.details,
        position: resumePoint(this.engine.readState(), this),
      });
      this.news.showWeights();
      this.news.keepFrame(0);
      if (until !== undefined) return this.trainToTheEnd();
      await this.judge.start();
      this.news.tellAll();
      return { reason: 'stopped' };
    });
  }

  /**
   * Shows a run that was kept, as it was at the end of its last epoch. Never throws.
   * @param until when it pauses on its own, if it is trained further; undefined: it is only evaluated
   */
  async show({ record, resume }: StoredRun, until: Step | undefined): Promise<void> {
    const { run, context, dataset, began } = this;
    const { summary, history } = record;
    // One that was cut off after its last epoch may have its best weights still to be put back.
    const trains = until !== undefined && (resume.epoch < this.plan.epochs || summary.status === 'cut-off');
    // What a person stopped and goes on with has patience again.
    if (trains && summary.status !== 'cut-off' && this.best.outOfPatience) this.best.forgive();
    await this.do(trains ? 'training' : 'evaluating', until, async () => {
      storedEvents({
        run,
        sizes: layerSizes(dataset, began.settings),
        engine: this.engine.details,
        record,
        resume,
      }).forEach(context.emit);
      const epoch = resume.restored ?? resume.epoch;
      const result = history.find((one) => one.epoch === epoch) ?? history.at(-1);
      if (result)
        context.report({
          kind: 'checkpoint',
          checkpoint: makeCheckpoint(began, resume.layers, summary.changes, result),
          epoch: undefined,
        });
      this.news.tellAll();
      this.news.keepFrame(resume.epoch);
      const test = await evaluateTest(this.engine, dataset, this.pace);
      if (!test && trains && !this.endOfTraining()) return { reason: 'stopped' };
      if (test) context.emit({ kind: 'predictions', run, epoch, predictions: test.predictions });
      return trains ? this.trainToTheEnd() : { reason: finishOf(summary.status), message: summary.message };
    });
  }

  /**
   * Trains this many epochs more after the end; an epoch that a stop has cut off is finished first, and not counted. If
   * the best weights were put back, training goes on from those. Never throws.
   */
  async goOn(epochs: number, until: Step): Promise<void> {
    await this.do('training', until, async () => {
      const { run, epoch, plan } = this;
      const before = epoch.done || epoch.images > 0 ? epoch.number : epoch.number - 1;
      plan.goOn(this.epochsTrained(), before + epochs);
      this.best.forgive();
      this.context.emit({ kind: 'extended', run, epochs: plan.epochs, scheduleStart: plan.start });
      this.tellPaused();
      this.news.tellAll();
      return this.trainToTheEnd();
    });
  }

  /**
   * More epochs, whatever the run is doing: at once, or after what cannot be extended. A run that is paused stays
   * paused. Never throws.
   */
  async extend(epochs: number, until: Step = 'end'): Promise<void> {
    const { phase, training } = this.context.control;
    if (phase === 'idle') return this.goOn(epochs, until);
    if (!training) return this.work.postpone(epochs, until);
    this.plan.extend(epochs);
    this.context.emit({ kind: 'extended', run: this.run, epochs: this.plan.epochs });
    this.work.attempt(() => this.news.tellProgress());
  }

  /** From the next update on. A batch that has begun ends with the settings that it began with. */
  change(wanted: LiveChanges): void {
    const { batches, epoch, plan } = this;
    const { batchSize } = plan.settings;
    const begun = batches.betweenBatches ? 0 : 1;
    const change = plan.change(wanted, epoch.epochsTrained(batchSize, begun * batchSize), batches.updates + begun);
    if (!change) return;
    if (change.changes.batchSize !== undefined) batches.forgetPace();
    this.context.emit({ kind: 'changed', run: this.run, change });
    this.work.attempt(() => this.news.tellProgress());
  }

  pause(): void {
    if (!this.context.control.pause()) return;
    this.work.attempt(() => this.news.tellProgress()); // where it stands now: what was emitted last is older
    this.tellPaused();
  }

  resume(until: Step): void {
    this.context.control.resume(until);
    this.work.pausePostponed(until);
    this.tellPaused();
  }

  stop(): void {
    this.work.forgetPostponed();
    this.context.control.stop();
  }

  /** Emits what the page was not told while it showed something else. */
  showNow(): void {
    this.work.attempt(() => {
      this.news.tellProgress();
      this.news.showWeights();
    });
  }

  /** Emits what comes out of a layer for the test images: at once, or as soon as no batch is in its middle. */
  look(layer: number): void {
    this.news.look(layer);
    if (this.context.control.phase !== 'training') this.work.attempt(() => this.news.tellWhatWasAsked());
  }

  /** Ends the run for good; if it is in flight, it is told to have stopped. Nothing is heard of it afterwards. */
  dispose(): void {
    const { inFlight } = this;
    this.work.abandon();
    if (!inFlight) this.engine.dispose(); // else once its loop has left the engine
  }

  private async do(...work: Parameters<RunWork['do']>): Promise<void> {
    const extension = await this.work.do(...work);
    if (this.context.control.phase === 'abandoned') this.engine.dispose();
    if (extension) await this.goOn(extension.epochs, extension.until);
  }

  private async trainToTheEnd(): Promise<Outcome> {
    this.news.startClock();
    // it may have waited while the run was idle or evaluated
    if (this.epoch.images === 0) this.epoch.startTime = this.context.control.activeTime();
    const reason = await this.trainEpochs();
    const { control } = this.context;
    if (control.phase === 'abandoned') return { reason };
    control.close();
    this.news.tellProgress();
    this.news.showGradients(); // a short run ends before the limit on their cost lets a second one through
    await this.judge.restoreBest();
    this.news.showWeights();
    this.news.tellWhatWasAsked();
    return { reason };
  }

  private async trainEpochs(): Promise<FinishReason> {
    const { control } = this.context;
    let end = this.endOfTraining();
    while (!end) {
      if (this.epoch.done) this.epoch = this.nextEpoch(this.epoch.number + 1);
      if (!(await this.trainEpoch())) return 'stopped';
      end = this.endOfTraining();
      if (!end && control.until === 'epoch') this.pauseOnItsOwn();
      if (!end && !(await control.mayContinue())) return 'stopped';
    }
    return end;
  }

  /** @returns undefined while there is more to train */
  private endOfTraining(): FinishReason | undefined {
    if (this.epoch.done && this.epoch.number >= this.plan.epochs) return 'completed';
    return this.epoch.done && this.best.outOfPatience ? 'early' : undefined;
  }

  private nextEpoch(number: number): CurrentEpoch {
    return new CurrentEpoch(number, this.orders.next(), this.context.control.activeTime());
  }

  /** @returns false if the run was stopped in the middle */
  private async trainEpoch(): Promise<boolean> {
    const { control } = this.context;
    const { epoch } = this;
    while (epoch.batchesLeft(this.plan.settings.batchSize) > 0) {
      if (
        !(await this.batches.step(
          epoch,
          this.plan,
          this.curve,
          () => control.until === 'batch',
          () => this.reach(),
        ))
      )
        return false;
      this.news.measureSpeed();
      if (control.until === 'batch') this.pauseOnItsOwn();
      if (!(await this.reach())) return false;
    }
    epoch.endTraining();

    const { learningRate } = this.batches;
    const finished = await this.judge.epoch({
      learningRate,
      imagesPerSecond: this.news.speed,
      seconds: () => secondsSince(epoch.startTime, control),
    });
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

  private pauseOnItsOwn(): void {
    if (!this.context.control.pause()) return; // stopped meanwhile
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
    return this.batches.betweenBatches;
  }

  epochsTrained(): number {
    return this.epoch.epochsTrained(this.plan.settings.batchSize);
  }
}
