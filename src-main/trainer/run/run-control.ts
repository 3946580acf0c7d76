// The state of a run: the one thing that orders are checked against. The training loop asks here, between two steps,
// whether and when to go on.
import type { Step } from '../../../src-shared/runs/progress';

export type WorkName = 'evaluating' | 'training';

export type RunPhase =
  /** Has not begun, or has ended; it can be trained. */
  | 'idle'
  /** Its network is evaluated; then it is idle. */
  | 'evaluating'
  | 'training'
  /** In the middle of one of the two above. */
  | 'paused'
  /** Was told to stop, and has not reached the end of its step. */
  | 'stopping'
  /** The last epoch has ended, and the best weights are put back. */
  | 'closing'
  /** Cannot be trained any more. */
  | 'failed'
  /** Another run or another dataset has taken its place: nothing that it does counts any more. */
  | 'abandoned';

type State =
  { phase: Exclude<RunPhase, 'paused'> } | { phase: 'paused'; work: WorkName; ended: Promise<void>; end: () => void };

const IN_FLIGHT: readonly RunPhase[] = ['evaluating', 'training', 'paused', 'stopping', 'closing'];

export class RunControl {
  /** When the run pauses on its own. */
  until: Step = 'end';
  private state: State = { phase: 'idle' };
  private failure: { error: unknown } | undefined;
  /** While the run is idle or paused, its time stands still. */
  private stoodStillSince: number | undefined;
  private stoodStill = 0;

  /** @param now milliseconds from any fixed moment */
  constructor(private readonly now: () => number) {}

  get phase(): RunPhase {
    return this.state.phase;
  }

  /** Whether the run takes orders. */
  get inFlight(): boolean {
    return IN_FLIGHT.includes(this.phase);
  }

  /** Whether it is trained, or will be once it is no longer paused. */
  get training(): boolean {
    return this.phase === 'training' || (this.state.phase === 'paused' && this.state.work === 'training');
  }

  get paused(): boolean {
    return this.phase === 'paused';
  }

  /** Throws if the run is in flight already, or cannot be trained any more. */
  begin(work: WorkName, until: Step = 'end'): void {
    if (this.phase !== 'idle') throw new Error(`A run cannot begin while it is ${this.phase}.`);
    this.until = until;
    this.enter({ phase: work });
  }

  /** @returns whether the run is paused by this */
  pause(): boolean {
    const { phase: work } = this.state;
    if (work !== 'evaluating' && work !== 'training') return false;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    this.enter({ phase: 'paused', work, ended, end });
    return true;
  }

  resume(until: Step = 'end'): void {
    this.until = until;
    if (this.state.phase === 'paused') this.enter({ phase: this.state.work });
  }

  stop(): void {
    if (this.phase === 'evaluating' || this.phase === 'training' || this.paused) this.enter({ phase: 'stopping' });
  }

  /** Ends the run in flight with an error, which its loop throws at its next step. */
  fail(error: unknown): void {
    this.failure ??= { error };
    if (this.inFlight) this.enter({ phase: 'stopping' });
  }

  /** The last step has been made; what remains can be neither paused nor stopped. */
  close(): void {
    if (this.inFlight) this.enter({ phase: 'closing' });
  }

  end(phase: 'idle' | 'failed' | 'abandoned'): void {
    this.enter({ phase });
  }

  /** Milliseconds, without pauses. */
  activeTime(): number {
    return (this.stoodStillSince ?? this.now()) - this.stoodStill;
  }

  /**
   * Lets waiting orders in, and sits out a pause. Throws what the run was told to fail with.
   * @returns whether to go on
   */
  async mayContinue(): Promise<boolean> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.state.phase === 'paused') await this.state.ended;
    if (this.failure) throw this.failure.error;
    return this.phase !== 'stopping' && this.phase !== 'abandoned';
  }

  private enter(state: State): void {
    const before = this.state;
    this.state = state;
    const standsStill = state.phase === 'paused' || !this.inFlight;
    if (!standsStill && this.stoodStillSince !== undefined) {
      this.stoodStill += this.now() - this.stoodStillSince;
      this.stoodStillSince = undefined;
    }
    if (standsStill) this.stoodStillSince ??= this.now();
    if (before.phase === 'paused') before.end();
  }
}
