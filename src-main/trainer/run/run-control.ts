// The state of a run, against which all orders are checked. Between two steps the training loop asks here whether to
// continue, and waits here during a pause.
import type { Step } from '../../../src-shared/runs/progress';

export type WorkName = 'evaluating' | 'training';

export type RunPhase =
  /** Not begun, or ended; can be trained. */
  | 'idle'
  /** Evaluating the network; idle afterwards. */
  | 'evaluating'
  | 'training'
  /** Paused while evaluating or training. */
  | 'paused'
  /** Ordered to stop, but still in its last step. */
  | 'stopping'
  /** After the last step: restoring the best weights. */
  | 'closing'
  /** Can no longer be trained. */
  | 'failed'
  /** Replaced by another run or dataset: must no longer send anything. */
  | 'abandoned';

type State =
  { phase: Exclude<RunPhase, 'paused'> } | { phase: 'paused'; work: WorkName; ended: Promise<void>; end: () => void };

const ACTIVE: readonly RunPhase[] = ['evaluating', 'training', 'paused', 'stopping', 'closing'];

export class RunControl {
  /** When the run pauses on its own. */
  until: Step = 'end';
  private state: State = { phase: 'idle' };
  private failure: { error: unknown } | undefined;
  /** When the run became idle or paused; undefined while it works. */
  private restsSince: number | undefined;
  /** Milliseconds spent idle or paused before that. */
  private rested = 0;

  /** @param now milliseconds since any fixed moment */
  constructor(private readonly now: () => number) {}

  get phase(): RunPhase {
    return this.state.phase;
  }

  /** Whether the run takes orders. */
  get isActive(): boolean {
    return ACTIVE.includes(this.phase);
  }

  /** Whether it is training, or will be after the pause. */
  get training(): boolean {
    return this.phase === 'training' || (this.state.phase === 'paused' && this.state.work === 'training');
  }

  get paused(): boolean {
    return this.phase === 'paused';
  }

  /** Throws if the run is active already, or can no longer be trained. */
  begin(work: WorkName, until: Step = 'end'): void {
    if (this.phase !== 'idle') throw new Error(`A run cannot begin while it is ${this.phase}.`);
    this.until = until;
    this.enter({ phase: work });
  }

  /** @returns whether this has paused the run */
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

  /** Makes an active run fail: its loop throws the error at its next step. */
  fail(error: unknown): void {
    this.failure ??= { error };
    if (this.isActive) this.enter({ phase: 'stopping' });
  }

  /** Called after the last step; what remains can be neither paused nor stopped. */
  close(): void {
    if (this.isActive) this.enter({ phase: 'closing' });
  }

  end(phase: 'idle' | 'failed' | 'abandoned'): void {
    this.enter({ phase });
  }

  /** Milliseconds, without the time spent idle or paused. */
  activeTime(): number {
    return (this.restsSince ?? this.now()) - this.rested;
  }

  /**
   * Lets waiting orders arrive, and waits for the end of a pause. Throws the error that was given to fail().
   * @returns whether to continue
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
    const rests = state.phase === 'paused' || !this.isActive;
    if (!rests && this.restsSince !== undefined) {
      this.rested += this.now() - this.restsSince;
      this.restsSince = undefined;
    }
    if (rests) this.restsSince ??= this.now();
    if (before.phase === 'paused') before.end();
  }
}
