// What the trainer process holds: one dataset, at most one run in flight, and the page that watches. Orders come in,
// events and reports go out.
import type { LoggedEvent, Order, Report, RunEvent, TrainerEvent } from '../../src-shared/contract';
import { assertNever, toFailure } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings';
import { augmentSamples } from './data/augment-samples';
import { browse, meanImages } from './data/browse';
import { sampleImages, type Dataset } from './data/dataset';
import { loadDataset } from './data/load-dataset';
import { nearestImages } from './data/nearest';
import { createEngine } from './engine/create-engine';
import type { EngineOptions } from './engine/engine';
import type { Simd } from './engine/kernels';
import { allowWideVectors } from './engine/revectorizer';
import { prepareImages } from './engine/shared-memory';
import { EventLog } from './event-log';
import { RateLimit } from './progress';
import { RunControl } from './run-control';
import { beginRun, type Beginning } from './training-loop';
import type { TrainingRun } from './training-run';

/** Sample images a class that go to the page with the dataset. */
const SAMPLES_PER_CLASS = 12;
const LOADING_INTERVAL = 100;
/** Milliseconds that the end of an epoch waits for what the views are told next, so that the page is drawn once for both. */
const PATIENCE = 200;
/** The same while no view of training is in front. */
const STILL_PATIENCE = 420;
/** About how long, in milliseconds, the page is busy with what it has been told. */
const DRAWING_TIME = 18;

export interface EventPort {
  /** Events of one moment together, so that the page is drawn once for all. */
  postMessage(events: TrainerEvent[]): void;
  close(): void;
}

export class Session {
  private readonly log = new EventLog();
  private dataset: Dataset | undefined;
  private page: EventPort | undefined;
  private outbox: TrainerEvent[] = [];
  private watching = true;
  /** The build of the kernels for the next engine: without a flag, until a trial has found a better one. */
  private simd: Simd = 'relaxed';
  /** Kept after its end, so that it can go on. */
  private run: TrainingRun | undefined;

  constructor(
    private readonly report: (report: Report) => void,
    private readonly now: () => number,
    private readonly memory: () => number,
  ) {}

  /** @param port comes with the order attach */
  handle(order: Order, port?: EventPort): void {
    switch (order.kind) {
      case 'attach':
        this.attach(port!);
        return;
      case 'watch':
        if (order.watching && !this.watching) this.runInFlight?.showNow();
        this.watching = order.watching;
        return;
      case 'kernels':
        this.useKernels(order.simd);
        return;
      case 'load':
        void this.load(order);
        return;
      case 'browse':
        if (this.dataset) this.post({ kind: 'browsed', page: browse(this.dataset, order) });
        return;
      case 'augment':
        if (this.dataset) this.post({ kind: 'augmented', images: augmentSamples(this.dataset, order.settings, order.count) });
        return;
      case 'activations':
        this.run?.look(order.layer);
        return;
      case 'nearest':
        if (this.dataset) this.post({ kind: 'nearest', images: nearestImages(this.dataset, order.image, order.count) });
        return;
      case 'train':
        this.follow(this.train(order), order.run);
        return;
      case 'open':
        this.follow(this.open(order), order.run);
        return;
      case 'extend':
        this.follow(this.extend(order), this.run?.run);
        return;
      case 'pause':
        this.runInFlight?.pause();
        return;
      case 'resume':
        this.runInFlight?.resume(order.until);
        return;
      case 'stop':
        this.runInFlight?.stop();
        return;
      case 'change':
        this.runInFlight?.change(order.changes);
        return;
      default:
        assertNever(order);
    }
  }

  /** A failure that nothing else has caught ends the run, and the person sees it. */
  private follow(work: Promise<void>, run: number | undefined): void {
    work.catch((error: unknown) => {
      const failure = toFailure(error);
      this.forgetRun();
      if (run === undefined) return;
      this.emit({ kind: 'failed', run, error: failure });
      this.report({ kind: 'ended', run, reason: 'failed', message: failure.message });
    });
  }

  private useKernels(simd: Simd): void {
    this.simd = simd;
    if (simd === 'wide') allowWideVectors();
  }

  private attach(port: EventPort): void {
    this.page?.close();
    this.page = port;
    this.outbox = []; // all of it is in the log, or was for the page before
    port.postMessage([{ kind: 'snapshot', events: this.log.events() }]);
  }

  private async load({ files, source }: Extract<Order, { kind: 'load' }>): Promise<void> {
    try {
      const limit = new RateLimit(LOADING_INTERVAL, this.now);
      const dataset = await loadDataset(files, source, (done) => {
        if (limit.ready()) this.post({ kind: 'loading', done });
      });
      if (!this.runInFlight) this.forgetRun();
      this.dataset = dataset;
      const { info, test, train } = dataset;
      this.emit({
        kind: 'dataset',
        dataset: info,
        testImages: test.pixels,
        testLabels: test.labels,
        ...sampleImages(dataset, SAMPLES_PER_CLASS),
        meanImages: meanImages(train, info.classNames.length, info.rows * info.columns),
      });
      this.report({ kind: 'loaded', dataset: info });
      setImmediate(() => this.prepare(dataset)); // while the person looks at it
    } catch (error) {
      this.report({ kind: 'load-refused', error: toFailure(error) });
    }
  }

  /** Without memory for it the first run only begins later, or says so. */
  private prepare(dataset: Dataset): void {
    try {
      if (this.dataset === dataset) prepareImages(dataset);
    } catch (error) {
      console.error(error);
    }
  }

  private async train({ run, settings, until, start }: Extract<Order, { kind: 'train' }>): Promise<void> {
    this.begin(run, settings, { start });
    await this.run?.train(until);
    this.forgetFailure();
  }

  private async open({ run, stored, until }: Extract<Order, { kind: 'open' }>): Promise<void> {
    this.begin(run, stored.record.summary.settings, { stored });
    await this.run?.show(stored, until);
    this.forgetFailure();
  }

  private begin(run: number, settings: Settings, beginning: Beginning): void {
    if (!this.dataset || this.runInFlight) throw new Error('Main orders a run only with a dataset and after the last one has ended.');
    this.forgetRun();
    const { now, memory, report } = this;
    const emit = (event: RunEvent) => this.emit(event);
    const create = (options: EngineOptions) => createEngine(options, this.simd);
    this.run = beginRun({ run, dataset: this.dataset, settings }, { createEngine: create, control: new RunControl(now), emit, report, now, memory, watched: () => this.watching }, beginning);
  }

  private async extend({ epochs, until }: Extract<Order, { kind: 'extend' }>): Promise<void> {
    if (this.runInFlight) this.runInFlight.extend(epochs);
    else await this.run?.goOn(epochs, until);
    this.forgetFailure();
  }

  private get runInFlight(): TrainingRun | undefined {
    return this.run?.training ? this.run : undefined;
  }

  private forgetFailure(): void {
    if (this.run?.failed) this.forgetRun();
  }

  private forgetRun(): void {
    this.run?.dispose();
    this.run = undefined;
  }

  private emit(event: LoggedEvent | RunEvent): void {
    if (event.kind !== 'activations') this.log.add(event); // for the page that asked, and for none that comes later
    this.post(event);
  }

  private post(event: TrainerEvent): void {
    this.outbox.push(event);
    if (event.kind === 'epoch' || event.kind === 'frame') setTimeout(() => this.deliver(), this.watching ? PATIENCE : STILL_PATIENCE);
    else queueMicrotask(() => this.deliver());
  }

  private deliver(): void {
    const events = this.outbox;
    this.outbox = [];
    if (events.length === 0) return;
    this.page?.postMessage(events);
    if (this.watching) this.run?.engine.makeWay(DRAWING_TIME);
  }
}
