// The events that a reloaded page needs to show what it showed before: the newest of each kind, the results of all
// epochs, and as much of curves, gradients and predictions as a page keeps itself.
import { addFrame, type WeightFrame } from '../../../src-shared/runs/frames';
import type { TestPredictions } from '../../../src-shared/runs/predictions';
import type { Gradients } from '../../../src-shared/runs/gradients';
import type { EpochResult, TrainPoint } from '../../../src-shared/runs/score';
import type { LoggedEvent } from '../../../src-shared/contract';
import { assertNever } from '../../../src-shared/errors';
import { addGradients, addPoints, addThinned, MOST_PREDICTIONS } from '../../../src-shared/runs/thin-history';
import { NO_PREDICTIONS } from './stored-events';

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
  /** Predictions of some of the epochs; only the newest have probabilities. */
  private predictions: { epoch: number; predictions: TestPredictions }[] = [];
  private changes: EventOf<'changed'>[] = [];
  /** At most one event of each kind, in order of arrival: their meaning depends on it. */
  private later: EventOf<'restored' | 'extended' | 'predictions'>[] = [];
  private paused: EventOf<'paused'> | undefined;
  private end: EventOf<'finished' | 'failed'> | undefined;

  /** Ignores events of an earlier run, and of a run that never started. */
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

  /** The events in an order that a page can replay. */
  events(): LoggedEvent[] {
    const { dataset, started, later, weights, paused, end } = this;
    if (!started) return dataset ? [dataset] : [];
    const { run } = started;
    const predictions = new Map(this.predictions.map((known) => [known.epoch, known.predictions]));
    const epochs = this.results.map((result): LoggedEvent => ({
      kind: 'epoch',
      run,
      result,
      predictions: predictions.get(result.epoch) ?? NO_PREDICTIONS,
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
    // The network no longer has the weights that were restored or shown before this epoch.
    this.later = this.later.filter(({ kind }) => kind === 'extended');
  }

  private addPredictions(epoch: number, predictions: TestPredictions): void {
    const before = this.predictions.filter((known) => known.epoch !== epoch);
    const stripped = before.map((known) => ({ ...known, predictions: withoutProbabilities(known.predictions) }));
    this.predictions = addThinned(stripped, [{ epoch, predictions }], MOST_PREDICTIONS, (known) => known.epoch);
  }

  /** A run that was extended after its end stays so if it is extended again while it trains. */
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

/** The page only shows the probabilities of the newest epoch. */
function withoutProbabilities(predictions: TestPredictions): TestPredictions {
  return { ...predictions, probabilities: NO_PREDICTIONS.probabilities };
}
