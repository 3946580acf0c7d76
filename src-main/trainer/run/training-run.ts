// One run: trains and evaluates epoch after epoch, follows orders between two steps, and can be extended after its end.
// Emits events to the page, and reports to main.
import type { FinishReason, Step } from '../../../src-shared/runs/progress';
import type { StoredRun } from '../../../src-shared/runs/runs';
import type { LiveChanges } from '../../../src-shared/settings/settings';
import { layerSizes, type Engine } from '../engine/engine';
import { StepSize } from '../progress/progress';
import { ProgressReporter, type TrainingSnapshot } from '../progress/progress-reporter';
import { finishOf, storedEvents } from '../progress/stored-events';
import { makeCheckpoint, type RunIdentity } from './checkpoint';
import { evaluateTest, type EvaluationPace } from './evaluate';
import { resumePoint } from './resume-point';
import type { RunContext } from './run-context';
import { RunEvaluator } from './run-evaluator';
import { RunWork, type Outcome } from './run-work';
import { TrainingState } from './training-state';

/** Images of the first step of an evaluation. */
const FIRST_STEP = 16;

export class TrainingRun {
  readonly state: TrainingState;
  private readonly reporter: ProgressReporter;
  private readonly evaluator: RunEvaluator;
  private readonly pace: EvaluationPace;
  private readonly work: RunWork;

  constructor(
    private readonly identity: RunIdentity,
    private readonly context: RunContext,
    engine: Engine,
    stored?: StoredRun,
  ) {
    const { run, dataset } = identity;
    const { control, now } = context;
    this.state = new TrainingState(identity, context, engine, control.activeTime(), stored);
    const { curve, epochsTrained } = this.state;
    this.work = new RunWork(run, context);
    this.reporter = new ProgressReporter({ run, dataset, curve }, context, epochsTrained);
    this.pace = { step: new StepSize(FIRST_STEP), now, mayContinue: () => control.mayContinue() };
    this.evaluator = new RunEvaluator(this.state, context, this.pace);
  }

  /** Whether the run takes orders: it is training, evaluating or paused. */
  get isActive(): boolean {
    return this.context.control.isActive;
  }

  /** Whether it can no longer be trained. */
  get failed(): boolean {
    return this.context.control.phase === 'failed';
  }

  get engine(): Engine {
    return this.state.engine;
  }

  /**
   * Trains from the first update to the end. Never throws.
   * @param until when to pause; if undefined, the initial weights are evaluated but not trained
   */
  async train(until: Step | undefined): Promise<void> {
    await this.perform(until === undefined ? 'evaluating' : 'training', until, async () => {
      const { run, settings, dataset } = this.identity;
      const { details: engine } = this.engine;
      this.context.emit({ kind: 'started', run, settings, sizes: layerSizes(dataset, settings), engine });
      const position = resumePoint(this.engine.readState(), this.state);
      this.context.report({ kind: 'began', run, engine, position });
      this.reporter.sendWeights(this.snapshot);
      this.reporter.sendFrame(this.snapshot, 0);
      if (until !== undefined) return this.trainToTheEnd();
      await this.evaluator.evaluateStart();
      this.reporter.sendAll(this.snapshot);
      return { reason: 'stopped' };
    });
  }

  /**
   * Shows a stored run as it was at the end of its last epoch, and resumes it. Never throws.
   * @param until when to pause; if undefined, the run is only evaluated
   */
  async show({ record, resume }: StoredRun, until: Step | undefined): Promise<void> {
    const { context, state, identity } = this;
    const { run, dataset, settings } = identity;
    const { summary, history } = record;
    const wasCutOff = summary.status === 'cut-off';
    // A run that was cut off after its last epoch may still have to restore its best weights.
    const trains = until !== undefined && (resume.epoch < state.plan.epochs || wasCutOff);
    // Resuming a run that was stopped is a decision to train it for longer.
    if (trains && !wasCutOff && state.best.outOfPatience) state.best.resetPatience();
    await this.perform(trains ? 'training' : 'evaluating', until, async () => {
      const sizes = layerSizes(dataset, settings);
      storedEvents({ run, sizes, engine: this.engine.details, record, resume }).forEach(context.emit);
      const epoch = resume.restored ?? resume.epoch;
      const result = history.find((one) => one.epoch === epoch) ?? history.at(-1);
      if (result) {
        const checkpoint = makeCheckpoint(identity, resume.layers, summary.changes, result);
        context.report({ kind: 'checkpoint', checkpoint, epoch: undefined });
      }
      this.reporter.sendAll(this.snapshot);
      this.reporter.sendFrame(this.snapshot, resume.epoch);
      const test = await evaluateTest(this.engine, dataset, this.pace);
      if (!test && trains && !state.endOfTraining) return { reason: 'stopped' };
      if (test) context.emit({ kind: 'predictions', run, epoch, predictions: test.predictions });
      return trains ? this.trainToTheEnd() : { reason: finishOf(summary.status), message: summary.message };
    });
  }

  /**
   * Adds epochs in every state of the run: now, or after work that cannot be extended. A run that is paused stays
   * paused. Never throws.
   */
  async extend(epochs: number, until: Step = 'end'): Promise<void> {
    const { phase, training } = this.context.control;
    const { plan } = this.state;
    if (phase === 'idle') return this.extendAfterEnd(epochs, until);
    if (!training) return this.work.postpone(epochs, until);
    plan.extend(epochs);
    this.context.emit({ kind: 'extended', run: this.identity.run, epochs: plan.epochs });
    this.trySendProgress();
  }

  /**
   * Trains more epochs after the end, from the best weights if they were restored. An epoch that was cut off by a stop
   * is finished first, and not counted.
   */
  private async extendAfterEnd(epochs: number, until: Step): Promise<void> {
    await this.perform('training', until, async () => {
      const { epoch, plan, best, epochsTrained } = this.state;
      const before = epoch.done || epoch.images > 0 ? epoch.number : epoch.number - 1;
      plan.extendAfterEnd(epochsTrained, before + epochs);
      best.resetPatience();
      this.context.emit({
        kind: 'extended',
        run: this.identity.run,
        epochs: plan.epochs,
        scheduleStart: plan.start,
      });
      this.sendPaused();
      this.reporter.sendAll(this.snapshot);
      return this.trainToTheEnd();
    });
  }

  /** Takes effect from the next update on. The current batch ends with the settings that it began with. */
  change(wanted: LiveChanges): void {
    const { batches, epoch, plan } = this.state;
    const { batchSize } = plan.settings;
    const begun = batches.betweenBatches ? 0 : 1;
    const change = plan.change(wanted, epoch.epochsTrained(batchSize, begun * batchSize), batches.updates + begun);
    if (!change) return;
    if (change.changes.batchSize !== undefined) batches.resetStepSize();
    this.context.emit({ kind: 'changed', run: this.identity.run, change });
    this.trySendProgress();
  }

  pause(): void {
    if (!this.context.control.pause()) return;
    this.trySendProgress(); // the last event is older than the pause
    this.sendPaused();
  }

  resume(until: Step): void {
    this.context.control.resume(until);
    this.work.setPostponedUntil(until);
    this.sendPaused();
  }

  stop(): void {
    this.work.forgetPostponed();
    this.context.control.stop();
  }

  /** Sends what was held back while the page showed no view of training. */
  showNow(): void {
    this.work.attempt(() => {
      this.reporter.sendProgress(this.snapshot);
      this.reporter.sendWeights(this.snapshot);
    });
  }

  /** Sends a layer's activations for the test images: now, or at the end of the current batch. @param layer 0: first */
  requestActivations(layer: number): void {
    this.reporter.requestActivations(layer, this.state.plan.settings);
    if (this.context.control.phase !== 'training')
      this.work.attempt(() => this.reporter.sendRequestedActivations(this.snapshot));
  }

  /** Ends the run for good, as stopped if it is active. It sends nothing afterwards. */
  dispose(): void {
    const { isActive } = this;
    this.work.abandon();
    if (!isActive) this.engine.dispose(); // otherwise when its loop has left the engine
  }

  private get snapshot(): TrainingSnapshot {
    return this.state.snapshot();
  }

  private async perform(...work: Parameters<RunWork['perform']>): Promise<void> {
    const extension = await this.work.perform(...work);
    if (this.context.control.phase === 'abandoned') this.engine.dispose();
    if (extension) await this.extendAfterEnd(extension.epochs, extension.until);
  }

  private async trainToTheEnd(): Promise<Outcome> {
    const { control } = this.context;
    const { state, reporter } = this;
    reporter.startClock(state.epochsTrained);
    // The epoch was created earlier, while the run was idle or evaluating.
    if (state.epoch.images === 0) state.epoch.startTime = control.activeTime();
    const reason = await this.trainEpochs();
    if (control.phase === 'abandoned') return { reason };
    control.close();
    reporter.sendProgress(this.snapshot);
    reporter.sendGradients(this.snapshot); // a short run ends before the limit lets a second one through
    await this.evaluator.restoreBest();
    reporter.sendWeights(this.snapshot);
    reporter.sendRequestedActivations(this.snapshot);
    return { reason };
  }

  private async trainEpochs(): Promise<FinishReason> {
    const { control } = this.context;
    const { state } = this;
    let end = state.endOfTraining;
    while (!end) {
      if (state.epoch.done) state.beginNextEpoch(control.activeTime());
      if (!(await this.trainEpoch())) return 'stopped';
      end = state.endOfTraining;
      if (!end && control.until === 'epoch') this.pauseAfterStep();
      if (!end && !(await control.mayContinue())) return 'stopped';
    }
    return end;
  }

  /** @returns false if the run was stopped during the epoch */
  private async trainEpoch(): Promise<boolean> {
    const { control } = this.context;
    const { state } = this;
    const { epoch, plan, curve, batches } = state;
    const oneBatch = () => control.until === 'batch';
    const mayContinue = () => this.mayContinue();
    while (epoch.batchesLeft(plan.settings.batchSize) > 0) {
      if (!(await batches.step(epoch, plan, curve, oneBatch, mayContinue))) return false;
      state.measureSpeed(control.activeTime());
      if (oneBatch()) this.pauseAfterStep();
      if (!(await mayContinue())) return false;
    }
    epoch.endTraining();
    const finished = await this.evaluator.evaluateEpoch();
    if (finished) this.reporter.sendFrame(this.snapshot, epoch.number);
    return finished;
  }

  /** Called between two steps, and during long batches. */
  private async mayContinue(): Promise<boolean> {
    const { control } = this.context;
    this.state.measureSpeed(control.activeTime());
    if (!(await control.mayContinue())) return false;
    this.reporter.sendDue(this.snapshot);
    return control.mayContinue(); // again, because large weights take a while to send
  }

  /** The pause that the person asked for in advance, after a batch or an epoch. */
  private pauseAfterStep(): void {
    if (!this.context.control.pause()) return; // stopped meanwhile
    this.reporter.sendAll(this.snapshot);
    this.sendPaused();
  }

  private trySendProgress(): void {
    this.work.attempt(() => this.reporter.sendProgress(this.snapshot));
  }

  private sendPaused(): void {
    const { run } = this.identity;
    const { paused } = this.context.control;
    this.context.emit({ kind: 'paused', run, paused });
    this.context.report({ kind: 'paused', run, paused });
  }
}
