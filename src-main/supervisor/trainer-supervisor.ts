// The life of the trainer process: starts it, gives it orders, hears its reports, notices its death, ends it. Keeps the
// newest checkpoint, so that a dead trainer loses at most the epoch in flight.
import type { Order, Report } from '../../src-shared/contract';
import type { Collection, DatasetInfo, DatasetSource } from '../../src-shared/data/dataset';
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import type { KernelBuild } from '../../src-shared/runs/engine-details';
import type { Step } from '../../src-shared/runs/progress';
import { assertNever, StudioError, type Failure } from '../../src-shared/errors';
import type { LiveChanges, Settings } from '../../src-shared/settings/settings';
import type { LayerState } from '../../src-shared/networks/layers';
import type { StoredRun } from '../../src-shared/runs/runs';
import type { TrialImages } from '../../src-shared/data/trial-images';
import type { BeginOrder, RunState, SupervisorOptions, TrainerProcess } from './supervised-trainer';
import { checkFit } from '../trainer/data/split/validation';

interface PendingLoad {
  resolve: (dataset: DatasetInfo) => void;
  reject: (error: StudioError) => void;
}

export class TrainerSupervisor<P> {
  private process: TrainerProcess<P> | undefined;
  private pendingLoad: PendingLoad | undefined;
  private lastRun = 0;
  /** The newest run: in flight, or ended so that it can be extended. */
  private newest: { run: RunState; inFlight: boolean } | undefined;
  /** What began the newest run. */
  private beginOrder: BeginOrder | undefined;
  private simd: KernelBuild | undefined;
  /** The newest orders that hold for every trainer, also for one that is started later. */
  private readonly standing = new Map<Order['kind'], Order>();
  private datasetSource: DatasetSource | undefined;
  private dataset: DatasetInfo | undefined;
  private images: TrialImages | undefined;
  /** Of the dataset that a lost trainer had, until one is loaded again. */
  private toReopen: DatasetSource | undefined;
  private newestCheckpoint: Checkpoint | undefined;
  private loss: Failure | undefined;

  constructor(private readonly options: SupervisorOptions<P>) {
    this.start();
  }

  /** The network of the newest finished epoch. */
  get checkpoint(): Checkpoint | undefined {
    return this.newestCheckpoint;
  }

  get training(): boolean {
    return this.currentRun !== undefined;
  }

  private get currentRun(): RunState | undefined {
    return this.newest?.inFlight ? this.newest.run : undefined;
  }

  /** Set while the trainer is dead. */
  get lost(): Failure | undefined {
    return this.loss;
  }

  /** The dataset that is loaded. */
  get datasetInfo(): DatasetInfo | undefined {
    return this.dataset;
  }

  /** Training images of the dataset that is loaded, on which networks from files are tried. */
  get trialImages(): TrialImages | undefined {
    return this.images;
  }

  /** The build of the kernels that the trainer was told to use; undefined: that which needs no finding out. */
  get kernels(): KernelBuild | undefined {
    return this.simd;
  }

  /** For all engines that are created from now on, by this trainer and those after it. */
  useKernels(simd: KernelBuild): void {
    if (simd === this.simd) return;
    this.simd = simd;
    this.giveStanding({ kind: 'kernels', simd });
  }

  /** Whether the page shows training just now. */
  watch(watching: boolean): void {
    this.giveStanding({ kind: 'watch', watching });
  }

  /** Where the dataset that is loaded came from. */
  get source(): DatasetSource | undefined {
    return this.datasetSource;
  }

  /** Throws what the trainer refuses; the dataset that was loaded before then stays. */
  async load(source: DatasetSource, files: Collection): Promise<DatasetInfo> {
    this.refuseWhileTraining('open another dataset');
    this.refuseWhileLoading();
    const dataset = await new Promise<DatasetInfo>((resolve, reject) => {
      this.pendingLoad = { resolve, reject };
      this.send({ kind: 'load', source, files });
    }).finally(() => (this.pendingLoad = undefined));
    this.datasetSource = source;
    this.dataset = dataset;
    this.toReopen = undefined;
    this.newestCheckpoint = undefined;
    this.newest = undefined;
    return dataset;
  }

  /**
   * @param start weights instead of random ones.
   * @param until undefined: they are judged, not trained.
   * @returns the number of the new run
   */
  train(settings: Settings, until: Step | undefined, start?: LayerState[]): number {
    this.refuseWhileTraining('train again');
    return this.begin(settings, 0, (run) => ({ kind: 'train', run, settings, until, start }));
  }

  /** Shows a run that was kept, on its dataset, which is open. @param until and goes on with it. @returns its number */
  open(stored: StoredRun, until: Step | undefined): number {
    this.refuseWhileTraining('open another run');
    const { epoch, epochs, settings } = stored.resume;
    return this.begin(settings, epoch / epochs, (run) => ({ kind: 'open', run, stored, until }));
  }

  private begin(settings: Settings, done: number, orderOf: (run: number) => BeginOrder): number {
    this.refuseWhileLoading();
    if (!this.datasetSource)
      throw new StudioError('no-dataset', 'There is nothing to train on yet. Please open a dataset first.');
    const run = ++this.lastRun;
    const order = orderOf(run);
    this.send(order);
    this.beginOrder = order;
    this.newestCheckpoint = undefined;
    this.changeRun({ run, settings, done, paused: false, until: order.until, begun: false });
    return run;
  }

  /** Pause, resume, stop. Without a run there is nothing to do. */
  order(order: Extract<Order, { kind: 'pause' | 'resume' | 'stop' }>): void {
    if (!this.currentRun) return;
    this.send(order);
    if (order.kind === 'resume') this.changeRun({ ...this.currentRun, until: order.until });
  }

  /** More epochs, for the run in flight or the last one that has ended. */
  extend(epochs: number, until: Step): void {
    this.refuseWhileLoading();
    const { newest } = this;
    if (!newest && !this.loss) {
      throw new StudioError(
        'refused',
        'There is no run to extend: none has ended well with this dataset. Please train first.',
      );
    }
    this.send({ kind: 'extend', epochs, until });
    if (newest && !newest.inFlight) this.changeRun({ ...newest.run, until, paused: false });
    // it is only looked at until now
    else if (newest?.run.until === undefined) this.updateRun(newest?.run.run, { until });
  }

  /** Throws settings-refused where the dataset is too small for the batch size. */
  change(changes: LiveChanges): void {
    if (!this.currentRun || !this.dataset) {
      throw new StudioError(
        'refused',
        'No run is in flight whose settings could be changed. Please change the settings of the next run instead.',
      );
    }
    if (changes.batchSize !== undefined)
      checkFit({ ...this.currentRun.settings, batchSize: changes.batchSize }, this.dataset);
    this.send({ kind: 'change', changes });
  }

  /** Asks for what the page gets straight from the trainer, which may have a dataset before main knows of it. */
  ask(order: Extract<Order, { kind: 'browse' | 'augment' | 'activations' | 'nearest' }>): void {
    this.send(order);
  }

  /** Hands the trainer its end of a new channel to the page. */
  attach(port: P): void {
    this.process?.postMessage({ kind: 'attach' }, [port]);
  }

  /**
   * A new process in place of a lost one.
   * @param locate finds the dataset's files again
   */
  async restart(locate: (source: DatasetSource) => Promise<Collection>): Promise<void> {
    if (this.loss) {
      this.toReopen = this.datasetSource ?? this.toReopen;
      this.loss = undefined;
      this.datasetSource = undefined;
      this.dataset = undefined;
      this.start();
    }
    const source = this.toReopen;
    if (source) await this.load(source, await locate(source));
  }

  /** Ends the process for good. */
  shutDown(): void {
    const { process } = this;
    this.process = undefined;
    process?.kill();
  }

  private start(): void {
    const process = this.options.fork();
    this.process = process;
    this.standing.forEach((order) => process.postMessage(order));
    process.onReport((report) => this.hear(report));
    process.onExit((code) => {
      if (this.process === process) this.mourn(code);
    });
  }

  private giveStanding(order: Order): void {
    this.standing.set(order.kind, order);
    this.process?.postMessage(order);
  }

  private send(order: Order): void {
    if (!this.process)
      throw new StudioError(
        'trainer-lost',
        this.loss?.message ?? 'The training process is not running. Please restart the app.',
      );
    this.process.postMessage(order);
  }

  private hear(report: Report): void {
    switch (report.kind) {
      case 'loaded':
        this.images = report.trialImages;
        this.pendingLoad?.resolve(report.dataset);
        this.options.onLoaded(report.dataset);
        return;
      case 'load-refused':
        this.pendingLoad?.reject(new StudioError(report.error.code, report.error.message));
        return;
      case 'progress':
        this.updateRun(report.run, { done: report.done });
        return;
      case 'paused':
        // An extension that crossed the end of its run brings a run that has ended back into flight.
        if (report.run === this.newest?.run.run)
          this.changeRun({ ...this.newest.run, paused: report.paused, begun: true });
        return;
      case 'checkpoint':
        if (report.checkpoint.run !== this.currentRun?.run) return;
        this.newestCheckpoint = report.checkpoint;
        this.options.onRunReport(report);
        return;
      case 'began':
        this.updateRun(report.run, {});
        this.options.onRunReport(report);
        return;
      case 'restored':
        this.options.onRunReport(report);
        return;
      case 'ended':
        if (report.run === this.newest?.run.run) this.endRun(report);
        return;
      default:
        assertNever(report);
    }
  }

  private mourn(code: number): void {
    this.process = undefined;
    const kept = this.newestCheckpoint
      ? ` The weights of epoch ${this.newestCheckpoint.result.epoch} are kept and can be exported.`
      : '';
    const what = this.currentRun ? 'Training was cut off: the training process' : 'The training process';
    this.loss = {
      code: 'trainer-lost',
      message: `${what} ended unexpectedly (exit code ${code}).${kept} You can start again.`,
    };
    this.pendingLoad?.reject(new StudioError('trainer-lost', this.loss.message));
    const cutOff = this.currentRun && { run: this.currentRun, order: this.beginOrder! };
    this.newest = undefined;
    this.options.onRunChanged(undefined);
    this.options.onLost(this.loss, cutOff);
  }

  private updateRun(run: number | undefined, change: Partial<RunState>): void {
    if (this.currentRun && run === this.currentRun.run) this.changeRun({ ...this.currentRun, ...change, begun: true });
  }

  private changeRun(run: RunState): void {
    this.newest = { run, inFlight: true };
    this.options.onRunChanged(run);
  }

  /** A run that has ended well can be extended, until it fails after all: when one of its layers is looked at, say. */
  private endRun(report: Extract<Report, { kind: 'ended' }>): void {
    const { run, inFlight } = this.newest!;
    const failed = report.reason === 'failed';
    this.newest = failed ? undefined : { run, inFlight: false };
    if (!inFlight) return;
    this.options.onRunChanged(undefined);
    if (failed && !run.begun) this.options.onNotBegun(report.message ?? 'The run could not begin.');
    this.options.onRunReport(report);
  }

  private refuseWhileLoading(): void {
    if (this.pendingLoad)
      throw new StudioError('busy', 'A dataset is being opened already. Please wait until it is there.');
  }

  private refuseWhileTraining(what: string): void {
    if (this.currentRun) throw new StudioError('busy', `Training is running. Please stop it before you ${what}.`);
  }
}
