// What the trainer process holds: one dataset, at most one run in flight, and the page that watches. Orders come in,
// events and reports go out.
import type { LoggedEvent, Order, Report, RunEvent, TrainerEvent } from '../../src-shared/contract';
import { assertNever, toFailure } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings/settings';
import { augmentSamples } from './data/augment/augment-samples';
import { browse, meanImages } from './data/browse';
import { sampleImages, type Dataset } from './data/dataset';
import { loadDataset } from './data/load-dataset';
import { pickTrialImages } from './data/trial-images';
import { nearestImages } from './data/nearest';
import { createEngine } from './engine/create-engine';
import type { EngineOptions } from './engine/engine';
import type { Simd } from './engine/wasm/kernels';
import { allowWideVectors } from './engine/wasm/revectorizer';
import { prepareImages } from './engine/wasm/shared-memory';
import { EventLog } from './progress/event-log';
import { RateLimit } from './progress/progress';
import { RunControl } from './run/run-control';
import { beginRun, type Beginning } from './run/training-loop';
import type { TrainingRun } from './run/training-run';

/** Sample images a class that go to the page with the dataset, at most. */
const SAMPLES_PER_CLASS = 12;
/** Bytes of all sample images, at most, but at least one of each class. */
const SAMPLES_BYTES = 2 ** 24;
const LOADING_INTERVAL = 100;
/**
 * Milliseconds that the end of an epoch waits for what the views are told next, so that the page is drawn once for
 * both.
 */
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

  /** Never throws. @param port comes with the order attach */
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
        this.answer((dataset) => ({ kind: 'browsed', page: browse(dataset, order) }));
        return;
      case 'augment':
        this.answer((dataset) => ({ kind: 'augmented', images: augmentSamples(dataset, order.settings, order.count) }));
        return;
      case 'nearest':
        this.answer((dataset) => ({ kind: 'nearest', images: nearestImages(dataset, order.image, order.count) }));
        return;
      case 'activations':
        this.run?.look(order.layer);
        this.forgetFailure();
        return;
      case 'train':
        this.begin(order.run, order.settings, { start: order.start });
        this.follow(this.run?.train(order.until));
        return;
      case 'open':
        this.begin(order.run, order.stored.record.summary.settings, { stored: order.stored });
        this.follow(this.run?.show(order.stored, order.until));
        return;
      case 'extend':
        this.follow(this.run?.extend(order.epochs, order.until));
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

  /** Work on a run never rejects: what fails in it ends in the run's failed state. */
  private follow(work: Promise<void> | undefined): void {
    void work?.then(() => this.forgetFailure());
  }

  /** Posts what the page has asked for, if there is a dataset. A question that does not fit it has no answer. */
  private answer(find: (dataset: Dataset) => TrainerEvent): void {
    if (!this.dataset) return;
    try {
      this.post(find(this.dataset));
    } catch (error) {
      console.error(error);
    }
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
      const shown = datasetEvent(dataset);
      this.forgetRun();
      this.dataset = dataset;
      this.emit(shown);
      this.report({ kind: 'loaded', dataset: dataset.info, trialImages: pickTrialImages(dataset) });
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

  /** Main decides which run is wanted: one that is still in flight makes way. */
  private begin(run: number, settings: Settings, beginning: Beginning): void {
    this.forgetRun();
    const { dataset, now, memory } = this;
    if (!dataset) {
      this.report({
        kind: 'ended',
        run,
        reason: 'failed',
        message: 'There is nothing to train on yet. Please open a dataset first.',
      });
      return;
    }
    const context = {
      createEngine: (options: EngineOptions) => createEngine(options, this.simd),
      control: new RunControl(now),
      emit: (event: RunEvent) => this.emitOfRun(event),
      report: this.report,
      now,
      memory,
      watched: () => this.watching,
    };
    this.run = beginRun({ run, dataset, settings }, context, beginning);
  }

  private get runInFlight(): TrainingRun | undefined {
    return this.run?.inFlight ? this.run : undefined;
  }

  private forgetFailure(): void {
    if (this.run?.failed) this.forgetRun();
  }

  private forgetRun(): void {
    this.run?.dispose();
    this.run = undefined;
  }

  private emit(event: LoggedEvent): void {
    this.log.add(event);
    this.post(event);
  }

  private emitOfRun(event: RunEvent): void {
    if (event.kind === 'activations')
      this.post(event); // for the page that asked, and for none that comes later
    else this.emit(event);
  }

  private post(event: TrainerEvent): void {
    this.outbox.push(event);
    if (event.kind === 'epoch' || event.kind === 'frame')
      setTimeout(() => this.deliver(), this.watching ? PATIENCE : STILL_PATIENCE);
    else queueMicrotask(() => this.deliver());
  }

  private deliver(): void {
    const events = this.outbox;
    this.outbox = [];
    if (events.length === 0) return;
    this.page?.postMessage(events);
    if (this.watching) this.run?.engine.yieldToPage(DRAWING_TIME);
  }
}

function datasetEvent(dataset: Dataset): Extract<LoggedEvent, { kind: 'dataset' }> {
  const { info, test, train } = dataset;
  const classes = info.classNames.length;
  const perClass = Math.max(
    1,
    Math.min(SAMPLES_PER_CLASS, Math.floor(SAMPLES_BYTES / (classes * info.rows * info.columns))),
  );
  return {
    kind: 'dataset',
    dataset: info,
    testImages: test.pixels,
    testLabels: test.labels,
    ...sampleImages(dataset, perClass),
    meanImages: meanImages(train, classes, info.rows * info.columns),
  };
}
