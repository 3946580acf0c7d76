// The events that a page which has just loaded must see to show what any other would: the newest of each kind, all points
// of the curves, all epochs.
import type { LoggedEvent, WeightFrame } from '../../src-shared/contract';
import { assertNever } from '../../src-shared/errors';
import { addFrame } from '../../src-shared/frames';

type EventOf<K extends LoggedEvent['kind']> = Extract<LoggedEvent, { kind: K }>;

export class EventLog {
  private dataset: EventOf<'dataset'> | undefined;
  private started: EventOf<'started'> | undefined;
  private progress: EventOf<'progress'> | undefined;
  private weights: EventOf<'weights'> | undefined;
  private gradients: EventOf<'gradients'>[] = [];
  private frames: WeightFrame[] = [];
  private epochs: EventOf<'epoch'>[] = [];
  private changes: EventOf<'changed'>[] = [];
  /** At most one of each kind, in the order in which they came: which was first tells what they mean. */
  private later: EventOf<'restored' | 'extended'>[] = [];
  private predictions: EventOf<'predictions'> | undefined;
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
        this.progress = { ...event, points: [...(this.progress?.points ?? []), ...event.points] };
        return;
      case 'epoch':
        this.epochs = [...this.epochs.map(withoutProbabilities), event];
        this.predictions = undefined; // the epoch has newer ones
        // Training went on from the weights that were put back: they are no longer those of the network.
        this.later = this.later.filter(({ kind }) => kind !== 'restored');
        return;
      case 'changed':
        this.changes.push(event);
        return;
      case 'restored':
        this.addLater(event);
        return;
      case 'extended':
        this.addLater(event);
        this.end = undefined;
        return;
      case 'weights':
        this.weights = event;
        return;
      case 'gradients':
        this.gradients.push(event);
        return;
      case 'frame':
        this.frames = addFrame(this.frames, event.frame);
        return;
      case 'predictions':
        this.predictions = event;
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
    const { dataset, started, changes, epochs, later, predictions, gradients, progress, weights, paused, end } = this;
    const frames = this.frames.map((frame): LoggedEvent => ({ kind: 'frame', run: started!.run, frame }));
    return [dataset, started, ...changes, ...epochs, ...later, predictions, ...frames, ...gradients, progress, weights, paused, end].filter((event) => event !== undefined);
  }

  private addLater(event: EventOf<'restored' | 'extended'>): void {
    this.later = [...this.later.filter(({ kind }) => kind !== event.kind), event];
  }

  private forgetRun(): void {
    this.started = this.progress = this.weights = this.predictions = this.paused = this.end = undefined;
    this.epochs = [];
    this.frames = [];
    this.gradients = [];
    this.changes = [];
    this.later = [];
  }
}

/** Only the newest epoch's probabilities are looked at. */
function withoutProbabilities(event: EventOf<'epoch'>): EventOf<'epoch'> {
  return { ...event, predictions: { ...event.predictions, probabilities: new Float32Array() } };
}
