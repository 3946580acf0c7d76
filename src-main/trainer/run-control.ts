// Orders to a run in flight. The training loop asks here, between two steps, whether and when to go on.
import type { Step } from '../../src-shared/contract';

export class RunControl {
  /** After what the run pauses by itself. */
  until: Step = 'end';
  private stopRequested = false;
  private pauseEnded: Promise<void> | undefined;
  private endPause: (() => void) | undefined;
  private pausedSince: number | undefined;
  private pausedTotal = 0;

  /** @param now milliseconds from any fixed moment */
  constructor(private readonly now: () => number) {}

  get paused(): boolean {
    return this.pauseEnded !== undefined;
  }

  get stopped(): boolean {
    return this.stopRequested;
  }

  pause(): void {
    if (this.paused || this.stopped) return;
    this.pausedSince = this.now();
    this.pauseEnded = new Promise((resolve) => (this.endPause = resolve));
  }

  resume(until: Step = 'end'): void {
    this.until = until;
    if (this.pausedSince !== undefined) this.pausedTotal += this.now() - this.pausedSince;
    this.pausedSince = undefined;
    this.pauseEnded = undefined;
    this.endPause?.();
  }

  stop(): void {
    this.stopRequested = true;
    this.resume();
  }

  /** The run is over: its time stands still until it is resumed, if it ever is. */
  rest(): void {
    this.stopRequested = false;
    this.pause();
  }

  /** Milliseconds that stand still during a pause. */
  activeTime(): number {
    return (this.pausedSince ?? this.now()) - this.pausedTotal;
  }

  /** Lets waiting orders in, and sits out a pause. @returns whether to go on */
  async mayContinue(): Promise<boolean> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.pauseEnded) await this.pauseEnded;
    return !this.stopped;
  }
}
