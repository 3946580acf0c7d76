// The events that a page which has just loaded must see to show what any other would: the newest of each kind, the
// results of all epochs, and of curves, gradients and predictions as much as a page keeps itself.
import type { LoggedEvent } from '../../../src-shared/contract';
import { addFrame, type WeightFrame } from '../../../src-shared/runs/frames';
import type { Gradients } from '../../../src-shared/runs/gradients';
import type { TestPredictions } from '../../../src-shared/runs/predictions';
import type { EpochResult, TrainPoint } from '../../../src-shared/runs/score';
import { assertNever } from '../../../src-shared/errors';
import { addGradients, addPoints, addThinned, MOST_PREDICTIONS } from '../../../src-shared/runs/thin-history';

type EventOf<K extends LoggedEvent['kind']> = Extract<LoggedEvent, { kind: K }>;

export class EventLog {
  private dataset: EventOf<'dataset'> | undefined;
  private started: EventOf<'started'> | undefined;
  private progress: EventOf<'progress'> | undefined;
  private points: TrainPoint[] = [];
  private weights: EventOf<'weights'> | undefined;
  private gradients: Gradients[] = [];
  private frames: WeightFrame[] = [];
  private results: EpochResult[] = [];
  /** Of some of the epochs; only the newest has probabilities. */
  private predictions: { epoch: number; predictions: TestPredictions }[] = [];
  private changes: EventOf<'changed'>[] = [];
  /** At most one of each kind, in the order in which they came: which was first tells what they mean. */
  private later: EventOf<'restored' | 'extended' | 'predictions'>[] = [];
  private paused: EventOf<'paused'> | undefined;
  private end: EventOf<'finished' | 'failed'> | undefined;

  /** An event of a run that never started, or of one before, is of no use to a page. */
  add(event: LoggedEvent): void {
    if (event.kind !== 'dataset' && event.kind !== 'started' && event.run !== this.started?.run) return;
    switch (event.kind) {
      case 'dataset':
        this.forgetRun();
        this.dataset = event;
        return;
      case 'started':
        this.forgetRun();
        this.started = event;
        return;
      case 'progress':
        this.progress = event;
        this.points = addPoints(this.points, event.points);
        return;
      case 'epoch':
        this.addEpoch(event);
        return;
      case 'changed':
        this.changes.push(event);
        return;
      case 'restored':
        this.addLater(event);
        return;
      case 'predictions':
        this.addPredictions(event.epoch, event.predictions);
        this.addLater(event);
        return;
      case 'extended':
        this.addExtension(event);
        return;
      case 'weights':
        this.weights = event;
        return;
      case 'gradients':
        this.gradients = addGradients(this.gradients, event.gradients);
        return;
      case 'frame':
        this.frames = addFrame(this.frames, event.frame);
        return;
      case 'paused':
        this.paused = event;
        return;
      case 'finished':
      case 'failed':
        this.end = event;
        return;
      default:
        assertNever(event);
    }
  }

  /** In an order that a page can play back. */
  events(): LoggedEvent[] {
    const { dataset, started, later, weights, paused, end } = this;
    if (!started) return dataset ? [dataset] : [];
    const { run } = started;
    const predictions = new Map(this.predictions.map((known) => [known.epoch, known.predictions]));
    const epochs = this.results.map((result): LoggedEvent => ({
      kind: 'epoch',
      run,
      result,
      predictions: predictions.get(result.epoch) ?? NOT_KEPT,
    }));
    const frames = this.frames.map((frame): LoggedEvent => ({ kind: 'frame', run, frame }));
    const gradients = this.gradients.map((one): LoggedEvent => ({ kind: 'gradients', run, gradients: one }));
    const progress = this.progress && { ...this.progress, points: this.points };
    const all = [
      dataset,
      started,
      ...this.changes,
      ...epochs,
      ...later,
      ...frames,
      ...gradients,
      progress,
      weights,
      paused,
      end,
    ];
    return all.filter((event) => event !== undefined);
  }

  private addEpoch({ result, predictions }: EventOf<'epoch'>): void {
    this.results.push(result);
    if (predictions.predicted.length > 0) this.addPredictions(result.epoch, predictions);
    // Training went on from the weights that were put back or shown: they are no longer those of the network.
    this.later = this.later.filter(({ kind }) => kind === 'extended');
  }

  private addPredictions(epoch: number, predictions: TestPredictions): void {
    const before = this.predictions.filter((known) => known.epoch !== epoch);
    const stripped = before.map((known) => ({ ...known, predictions: withoutProbabilities(known.predictions) }));
    this.predictions = addThinned(stripped, [{ epoch, predictions }], MOST_PREDICTIONS, (known) => known.epoch);
  }

  /** A run that went on after its end did so, also if it is extended again in flight. */
  private addExtension(event: EventOf<'extended'>): void {
    const known = this.later.find((one): one is EventOf<'extended'> => one.kind === 'extended');
    if (known && event.scheduleStart === undefined) {
      this.later = this.later.map((one) => (one === known ? { ...known, epochs: event.epochs } : one));
      return;
    }
    this.end = undefined;
    this.addLater(event);
  }

  private addLater(event: EventOf<'restored' | 'extended' | 'predictions'>): void {
    this.later = [...this.later.filter(({ kind }) => kind !== event.kind), event];
  }

  private forgetRun(): void {
    this.started = this.progress = this.weights = this.paused = this.end = undefined;
    this.points = [];
    this.results = [];
    this.predictions = [];
    this.frames = [];
    this.gradients = [];
    this.changes = [];
    this.later = [];
  }
}

const NO_PROBABILITIES = new Float32Array();
const NOT_KEPT: TestPredictions = {
  predicted: new Uint16Array(),
  confidence: new Float32Array(),
  probabilities: NO_PROBABILITIES,
};

/** Only the newest epoch's probabilities are looked at. */
function withoutProbabilities(predictions: TestPredictions): TestPredictions {
  return { ...predictions, probabilities: NO_PROBABILITIES };
}
