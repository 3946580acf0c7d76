// The life of the trainer process: starts it, gives it orders, hears its reports, notices its death, ends it. Keeps the
// newest checkpoint, so that a dead trainer loses at most the epoch in flight.
import type { BrowseRequest, Checkpoint, Collection, DatasetInfo, DatasetSource, Order, Report } from '../src-shared/contract';
import { assertNever, StudioError, type Failure } from '../src-shared/errors';
import type { Settings } from '../src-shared/settings';

/** What the supervisor needs of a utility process; P is the kind of port that can be handed over. */
export interface TrainerProcess<P> {
  postMessage(order: Order, ports?: P[]): void;
  onReport(listener: (report: Report) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

/** The run in flight, as far as it has come. */
export interface RunState {
  run: number;
  settings: Settings;
  /** Share that is done, 0 to 1 */
  done: number;
  paused: boolean;
}

export interface SupervisorOptions<P> {
  fork: () => TrainerProcess<P>;
  /** The run began, came further, paused or ended (undefined). */
  onRunChanged: (run: RunState | undefined) => void;
  onLost: (failure: Failure) => void;
}

interface PendingLoad {
  resolve: (dataset: DatasetInfo) => void;
  reject: (error: StudioError) => void;
}

export class TrainerSupervisor<P> {
  private process: TrainerProcess<P> | undefined;
  private pendingLoad: PendingLoad | undefined;
  private lastRun = 0;
  private currentRun: RunState | undefined;
  private cutOffSettings: Settings | undefined;
  private datasetSource: DatasetSource | undefined;
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

  /** Set while the trainer is dead. */
  get lost(): Failure | undefined {
    return this.loss;
  }

  /** Where the dataset that is loaded came from. */
  get source(): DatasetSource | undefined {
    return this.datasetSource;
  }

  /** Throws what the trainer refuses; the dataset that was loaded before then stays. */
  async load(source: DatasetSource, files: Collection): Promise<DatasetInfo> {
    this.refuseWhileTraining('open another dataset');
    if (this.pendingLoad) throw new StudioError('busy', 'A dataset is being opened already. Please wait until it is there.');
    const dataset = await new Promise<DatasetInfo>((resolve, reject) => {
      this.pendingLoad = { resolve, reject };
      this.send({ kind: 'load', source, files });
    }).finally(() => (this.pendingLoad = undefined));
    this.datasetSource = source;
    this.newestCheckpoint = undefined;
    this.cutOffSettings = undefined;
    return dataset;
  }

  /** @returns the number of the new run */
  train(settings: Settings): number {
    this.refuseWhileTraining('train again');
    if (!this.datasetSource) throw new StudioError('no-dataset', 'There is nothing to train on yet. Please open a dataset first.');
    const run = ++this.lastRun;
    this.send({ kind: 'train', run, settings });
    this.newestCheckpoint = undefined;
    this.changeRun({ run, settings, done: 0, paused: false });
    return run;
  }

  /** Pause, resume, stop. Without a run there is nothing to do. */
  order(order: { kind: 'pause' | 'resume' | 'stop' }): void {
    if (this.currentRun) this.send(order);
  }

  /** Asks for images to look at; the page gets them straight from the trainer, which may have a dataset before main knows of it. */
  browse(request: BrowseRequest): void {
    this.send({ kind: 'browse', ...request });
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
    if (!this.loss) return;
    const settings = this.cutOffSettings;
    const source = this.datasetSource;
    this.loss = undefined;
    this.datasetSource = undefined;
    this.start();
    if (source) await this.load(source, await locate(source));
    if (source && settings) this.train(settings);
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
    process.onReport((report) => this.hear(report));
    process.onExit((code) => {
      if (this.process === process) this.mourn(code);
    });
  }

  private send(order: Order): void {
    if (!this.process) throw new StudioError('trainer-lost', this.loss?.message ?? 'The training process is not running. Please restart the app.');
    this.process.postMessage(order);
  }

  private hear(report: Report): void {
    switch (report.kind) {
      case 'loaded':
        this.pendingLoad?.resolve(report.dataset);
        return;
      case 'load-refused':
        this.pendingLoad?.reject(new StudioError(report.error.code, report.error.message));
        return;
      case 'progress':
        this.updateRun(report.run, { done: report.done });
        return;
      case 'paused':
        this.updateRun(report.run, { paused: report.paused });
        return;
      case 'checkpoint':
        if (report.checkpoint.run === this.currentRun?.run) this.newestCheckpoint = report.checkpoint;
        return;
      case 'ended':
        if (report.run === this.currentRun?.run) this.changeRun(undefined);
        return;
      default:
        assertNever(report);
    }
  }

  private mourn(code: number): void {
    this.process = undefined;
    this.cutOffSettings = this.currentRun?.settings;
    const kept = this.newestCheckpoint ? ` The weights of epoch ${this.newestCheckpoint.result.epoch} are kept and can be exported.` : '';
    const what = this.currentRun ? 'Training was cut off: the training process' : 'The training process';
    this.loss = { code: 'trainer-lost', message: `${what} ended unexpectedly (exit code ${code}).${kept} You can start again.` };
    this.pendingLoad?.reject(new StudioError('trainer-lost', this.loss.message));
    this.changeRun(undefined);
    this.options.onLost(this.loss);
  }

  private updateRun(run: number, change: Partial<RunState>): void {
    if (run === this.currentRun?.run) this.changeRun({ ...this.currentRun, ...change });
  }

  private changeRun(run: RunState | undefined): void {
    this.currentRun = run;
    this.options.onRunChanged(run);
  }

  private refuseWhileTraining(what: string): void {
    if (this.currentRun) throw new StudioError('busy', `Training is running. Please stop it before you ${what}.`);
  }
}
