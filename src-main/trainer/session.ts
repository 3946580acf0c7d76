// The state of the trainer process: one dataset, at most one active run, and the page. Takes orders, and sends events
// and reports.
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

/** Most sample images per class that are sent to the page with the dataset. */
const SAMPLES_PER_CLASS = 12;
/** Most bytes of all sample images; each class has at least one, whatever its size. */
const SAMPLES_BYTES = 2 ** 24;
/** Milliseconds between two loading events. */
const LOADING_INTERVAL = 100;
/** Milliseconds that the end of an epoch waits for the next views, so that the page is drawn once for both. */
const BATCHING_DELAY = 200;
/** The same while the page shows no view of training. */
const HIDDEN_BATCHING_DELAY = 420;
/** Milliseconds that the page is about busy drawing what it was sent. */
const DRAWING_TIME = 18;

export interface EventPort {
  /** Takes events in batches, so that the page is drawn once for all. */
  postMessage(events: TrainerEvent[]): void;
  close(): void;
}

export class Session {
  private readonly log = new EventLog();
  private dataset: Dataset | undefined;
  private page: EventPort | undefined;
  private outbox: TrainerEvent[] = [];
  private watching = true;
  /** Build of the kernels for the next engine: one that needs no V8 flag, until main finds a better one. */
  private simd: Simd = 'relaxed';
  /** Kept after its end, so that it can be extended. */
  private run: TrainingRun | undefined;

  constructor(
    private readonly report: (report: Report) => void,
    private readonly now: () => number,
    private readonly memory: () => number,
  ) {}

  /** Never throws. @param port given with the order `attach` */
  handle(order: Order, port?: EventPort): void {
    switch (order.kind) {
      case 'attach':
        this.attach(port!);
        return;
      case 'watch':
        if (order.watching && !this.watching) this.activeRun?.showNow();
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
        this.run?.requestActivations(order.layer);
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
        this.activeRun?.pause();
        return;
      case 'resume':
        this.activeRun?.resume(order.until);
        return;
      case 'stop':
        this.activeRun?.stop();
        return;
      case 'change':
        this.activeRun?.change(order.changes);
        return;
      default:
        assertNever(order);
    }
  }

  /** Drops the run if its work fails. The work itself never rejects. */
  private follow(work: Promise<void> | undefined): void {
    void work?.then(() => this.forgetFailure());
  }

  /** Posts the answer to a request, if there is a dataset. A request that does not fit the dataset gets no answer. */
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
    this.outbox = []; // its events are in the log, or were for the previous page
    port.postMessage([{ kind: 'snapshot', events: this.log.events() }]);
  }

  private async load({ files, source }: Extract<Order, { kind: 'load' }>): Promise<void> {
    try {
      const limit = new RateLimit(LOADING_INTERVAL, this.now);
      const dataset = await loadDataset(files, source, (done) => {
        if (limit.ready()) this.post({ kind: 'loading', done });
      });
      const event = datasetEvent(dataset);
      this.forgetRun();
      this.dataset = dataset;
      this.emit(event);
      this.report({ kind: 'loaded', dataset: dataset.info, trialImages: pickTrialImages(dataset) });
      setImmediate(() => this.prepare(dataset)); // while the person looks at the dataset
    } catch (error) {
      this.report({ kind: 'load-refused', error: toFailure(error) });
    }
  }

  /** Prepares the images for training. If memory is short, the first run tries again, and reports it. */
  private prepare(dataset: Dataset): void {
    try {
      if (this.dataset === dataset) prepareImages(dataset);
    } catch (error) {
      console.error(error);
    }
  }

  /** Main decides which run is trained: a run that is still active is replaced. */
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

  private get activeRun(): TrainingRun | undefined {
    return this.run?.isActive ? this.run : undefined;
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
      this.post(event); // only for the page that requested them
    else this.emit(event);
  }

  private post(event: TrainerEvent): void {
    this.outbox.push(event);
    if (event.kind === 'epoch' || event.kind === 'frame')
      setTimeout(() => this.deliver(), this.watching ? BATCHING_DELAY : HIDDEN_BATCHING_DELAY);
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
