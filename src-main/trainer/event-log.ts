// The events that a page which has just loaded must see to show what any other would: the newest of each kind, all points
// of the curves, all epochs.
import type { LoggedEvent, Mistakes } from '../../src-shared/contract';

type EventOf<K extends LoggedEvent['kind']> = Extract<LoggedEvent, { kind: K }>;

const NO_MISTAKES: Mistakes = {
  index: new Uint32Array(),
  predicted: new Uint16Array(),
  confidence: new Float32Array(),
  loss: new Float32Array(),
};

export class EventLog {
  private dataset: EventOf<'dataset'> | undefined;
  private started: EventOf<'started'> | undefined;
  private progress: EventOf<'progress'> | undefined;
  private weights: EventOf<'weights'> | undefined;
  private epochs: EventOf<'epoch'>[] = [];
  private paused: EventOf<'paused'> | undefined;
  private end: EventOf<'finished' | 'failed'> | undefined;

  add(event: LoggedEvent): void {
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
        // Only the newest epoch's mistakes are on screen.
        this.epochs = [...this.epochs.map((epoch) => ({ ...epoch, mistakes: NO_MISTAKES })), event];
        return;
      case 'weights':
        this.weights = event;
        return;
      case 'paused':
        this.paused = event;
        return;
      default:
        this.end = event;
    }
  }

  /** In an order that a page can play back. */
  events(): LoggedEvent[] {
    const { dataset, started, epochs, progress, weights, paused, end } = this;
    return [dataset, started, ...epochs, progress, weights, paused, end].filter((event) => event !== undefined);
  }

  private forgetRun(): void {
    this.started = this.progress = this.weights = this.paused = this.end = undefined;
    this.epochs = [];
  }
}
