// Owns the trainer process: starts it, sends it orders, handles its reports and its death, and ends it. Keeps the
// newest checkpoint, so that a trainer that dies loses at most the current epoch.
import type { Step } from '../../src-shared/runs/progress';
import type { KernelBuild } from '../../src-shared/runs/engine-details';
import type { Collection, DatasetInfo, DatasetSource } from '../../src-shared/data/dataset';
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import type { Order, Report } from '../../src-shared/contract';
import { assertNever, StudioError, type Failure } from '../../src-shared/errors';
import type { LiveChanges, Settings } from '../../src-shared/settings/settings';
import type { LayerState } from '../../src-shared/networks/layers';
import type { StoredRun } from '../../src-shared/runs/runs';
import type { TrialImages } from '../../src-shared/data/trial-images';
import { checkFit } from '../trainer/data/split/validation';
import { NewestRun } from './newest-run';
import type { BeginOrder, SupervisorOptions, TrainerProcess } from './supervised-trainer';
import { trainerLost } from './trainer-lost';

interface PendingLoad {
  resolve: (dataset: DatasetInfo) => void;
  reject: (error: StudioError) => void;
}

export class TrainerSupervisor<P> {
  private process: TrainerProcess<P> | undefined;
  private pendingLoad: PendingLoad | undefined;
  private lastRun = 0;
  private readonly newest: NewestRun;
  /** The order that began the newest run. */
  private beginOrder: BeginOrder | undefined;
  private simd: KernelBuild | undefined;
  /** The last order of each kind that every trainer gets, also one that is started later. */
  private readonly standing = new Map<Order['kind'], Order>();
  private loaded: { source: DatasetSource; info: DatasetInfo } | undefined;
  private images: TrialImages | undefined;
  /** The dataset of a lost trainer, until a dataset is loaded again. */
  private toReopen: DatasetSource | undefined;
  private newestCheckpoint: Checkpoint | undefined;
  private failure: Failure | undefined;

  constructor(private readonly options: SupervisorOptions<P>) {
    this.newest = new NewestRun((run) => options.onRunChanged(run));
    this.start();
  }

  /** The network after the last finished epoch. */
  get checkpoint(): Checkpoint | undefined {
    return this.newestCheckpoint;
  }

  get training(): boolean {
    return this.newest.active !== undefined;
  }

  /** Set while the trainer is dead. */
  get lost(): Failure | undefined {
    return this.failure;
  }

  get datasetInfo(): DatasetInfo | undefined {
    return this.loaded?.info;
  }

  /** Training images of the loaded dataset on which networks from files are tried. */
  get trialImages(): TrialImages | undefined {
    return this.images;
  }

  /** The kernel build that the trainer was ordered to use. If undefined, it uses its default. */
  get kernels(): KernelBuild | undefined {
    return this.simd;
  }

  /** Applies to all engines that are created from now on, by this trainer and by later ones. */
  useKernels(simd: KernelBuild): void {
    if (simd === this.simd) return;
    this.simd = simd;
    this.sendStanding({ kind: 'kernels', simd });
  }

  /** @param watching whether the page shows the training now */
  watch(watching: boolean): void {
    this.sendStanding({ kind: 'watch', watching });
  }

  get source(): DatasetSource | undefined {
    return this.loaded?.source;
  }

  /** Throws the trainer's refusal; the dataset that was loaded before then stays. */
  async load(source: DatasetSource, files: Collection): Promise<DatasetInfo> {
    this.refuseWhileTraining('open another dataset');
    this.refuseWhileLoading();
    const info = await new Promise<DatasetInfo>((resolve, reject) => {
      this.pendingLoad = { resolve, reject };
      this.send({ kind: 'load', source, files });
    }).finally(() => (this.pendingLoad = undefined));
    this.loaded = { source, info };
    this.toReopen = undefined;
    this.newestCheckpoint = undefined;
    this.newest.forget();
    return info;
  }

  /**
   * @param until when the run pauses on its own. If undefined, the weights are evaluated but not trained.
   * @param start weights to begin with, instead of random ones
   * @returns the number of the new run
   */
  train(settings: Settings, until: Step | undefined, start?: LayerState[]): number {
    this.refuseWhileTraining('train again');
    return this.begin(settings, 0, (run) => ({ kind: 'train', run, settings, until, start }));
  }

  /**
   * Opens a stored run. Its dataset must be loaded.
   * @param until when the run pauses on its own. If undefined, it is shown but not trained.
   * @returns the number of the run
   */
  open(stored: StoredRun, until: Step | undefined): number {
    this.refuseWhileTraining('open another run');
    const { epoch, epochs, settings } = stored.resume;
    return this.begin(settings, epoch / epochs, (run) => ({ kind: 'open', run, stored, until }));
  }

  private begin(settings: Settings, done: number, orderOf: (run: number) => BeginOrder): number {
    this.refuseWhileLoading();
    if (!this.loaded)
      throw new StudioError('no-dataset', 'There is nothing to train on yet. Please open a dataset first.');
    const run = ++this.lastRun;
    const order = orderOf(run);
    this.send(order);
    this.beginOrder = order;
    this.newestCheckpoint = undefined;
    this.newest.activate({ run, settings, done, paused: false, until: order.until, begun: false });
    return run;
  }

  /** Ignored if no run is active. */
  order(order: Extract<Order, { kind: 'pause' | 'resume' | 'stop' }>): void {
    const { active } = this.newest;
    if (!active) return;
    this.send(order);
    if (order.kind === 'resume') this.newest.activate({ ...active, until: order.until });
  }

  /** Adds epochs to the active run, or to the last one that has ended. */
  extend(epochs: number, until: Step): void {
    this.refuseWhileLoading();
    const { active, last } = this.newest;
    if (!last && !this.failure) {
      throw new StudioError(
        'refused',
        'There is no run to extend: none has ended well with this dataset. Please train first.',
      );
    }
    this.send({ kind: 'extend', epochs, until });
    if (last && !active) this.newest.activate({ ...last, until, paused: false });
    // a run that was shown but not trained until now
    else if (active && active.until === undefined) this.newest.update(active.run, { until });
  }

  /** Changes settings of the active run. Throws settings-refused if the dataset is too small for the batch size. */
  change(changes: LiveChanges): void {
    const { active } = this.newest;
    if (!active || !this.loaded) {
      throw new StudioError(
        'refused',
        'No run is training, so its settings cannot be changed. Please change the settings of the next run instead.',
      );
    }
    if (changes.batchSize !== undefined)
      checkFit({ ...active.settings, batchSize: changes.batchSize }, this.loaded.info);
    this.send({ kind: 'change', changes });
  }

  /**
   * Requests data that the trainer sends directly to the page. Not refused here: the trainer may already have a
   * dataset.
   */
  request(order: Extract<Order, { kind: 'browse' | 'augment' | 'activations' | 'nearest' }>): void {
    this.send(order);
  }

  /** Transfers the trainer's end of a new channel to the page. */
  attach(port: P): void {
    this.process?.postMessage({ kind: 'attach' }, [port]);
  }

  /** Starts a new process if the trainer is lost, and loads its dataset again. @param locate finds its files */
  async restart(locate: (source: DatasetSource) => Promise<Collection>): Promise<void> {
    if (this.failure) {
      this.toReopen = this.loaded?.source ?? this.toReopen;
      this.failure = undefined;
      this.loaded = undefined;
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
    process.onReport((report) => this.handleReport(report));
    process.onExit((code) => {
      if (this.process === process) this.onTrainerExit(code);
    });
  }

  private sendStanding(order: Order): void {
    this.standing.set(order.kind, order);
    this.process?.postMessage(order);
  }

  private send(order: Order): void {
    if (!this.process)
      throw new StudioError(
        'trainer-lost',
        this.failure?.message ?? 'The training process is not running. Please restart the app.',
      );
    this.process.postMessage(order);
  }

  private handleReport(report: Report): void {
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
        this.newest.update(report.run, { done: report.done });
        return;
      case 'paused':
        // If the run ended while an order to extend it was on its way, this makes it the active run again.
        if (report.run === this.newest.last?.run)
          this.newest.activate({ ...this.newest.last, paused: report.paused, begun: true });
        return;
      case 'checkpoint':
        if (report.checkpoint.run !== this.newest.active?.run) return;
        this.newestCheckpoint = report.checkpoint;
        this.options.onRunReport(report);
        return;
      case 'began':
        this.newest.update(report.run, {});
        this.options.onRunReport(report);
        return;
      case 'restored':
        this.options.onRunReport(report);
        return;
      case 'ended':
        if (report.run === this.newest.last?.run) this.endRun(report);
        return;
      default:
        assertNever(report);
    }
  }

  private onTrainerExit(code: number): void {
    this.process = undefined;
    const { active } = this.newest;
    this.failure = trainerLost(code, active !== undefined, this.newestCheckpoint);
    this.pendingLoad?.reject(new StudioError('trainer-lost', this.failure.message));
    const cutOff = active && { run: active, order: this.beginOrder! };
    this.newest.forget();
    this.options.onRunChanged(undefined);
    this.options.onLost(this.failure, cutOff);
  }

  private endRun(report: Extract<Report, { kind: 'ended' }>): void {
    const failed = report.reason === 'failed';
    const ended = this.newest.end(failed);
    if (!ended) return; // it had ended before, and failed later: when the activations of a layer were requested, say
    if (failed && !ended.begun) this.options.onNotBegun(report.message ?? 'The run could not begin.');
    this.options.onRunReport(report);
  }

  private refuseWhileLoading(): void {
    if (this.pendingLoad)
      throw new StudioError('busy', 'A dataset is being opened already. Please wait until it is open.');
  }

  private refuseWhileTraining(what: string): void {
    if (this.newest.active) throw new StudioError('busy', `Training is running. Please stop it before you ${what}.`);
  }
}
