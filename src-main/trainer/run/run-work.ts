// Performs the work of a run, one task after the other. Each task begins in a named state and ends in one that the
// person sees, even if it fails.
import type { FinishReason, Step } from '../../../src-shared/runs/progress';
import { toFailure } from '../../../src-shared/errors';
import type { WorkName } from './run-control';
import type { RunContext } from './run-context';

/** How work ended if it did not fail. */
export interface Outcome {
  reason: FinishReason;
  message?: string | undefined;
}

/** Epochs that were added while the run could not be extended. */
interface Extension {
  epochs: number;
  until: Step;
}

export class RunWork {
  private extension: Extension | undefined;

  constructor(
    private readonly run: number,
    private readonly context: Pick<RunContext, 'control' | 'emit' | 'report'>,
  ) {}

  /** Postpones more epochs until the current work is done. */
  postpone(epochs: number, until: Step): void {
    this.extension = { epochs: (this.extension?.epochs ?? 0) + epochs, until };
  }

  /** A stop also cancels postponed epochs. */
  forgetPostponed(): void {
    this.extension = undefined;
  }

  /** Changes when postponed epochs pause, if there are any. */
  setPostponedUntil(until: Step): void {
    if (this.extension) this.extension.until = until;
  }

  /** Never rejects once the work has begun. @returns the postponed epochs, if the run can be extended by them */
  async perform(work: WorkName, until: Step | undefined, task: () => Promise<Outcome>): Promise<Extension | undefined> {
    const { control } = this.context;
    control.begin(work, until);
    try {
      const outcome = await task();
      if (control.isActive) this.end(outcome, work);
    } catch (error) {
      if (control.isActive) this.fail(error);
    }
    const { extension } = this;
    this.extension = undefined;
    return control.phase === 'idle' ? extension : undefined;
  }

  /** Carries out an order during or after the work. If the action throws, the run fails: its engine is broken. */
  attempt(action: () => void): void {
    const { control } = this.context;
    try {
      action();
    } catch (error) {
      if (control.isActive) control.fail(error);
      else if (control.phase === 'idle') this.fail(error);
    }
  }

  /** Called when another run or dataset replaces this one. A run that is active counts as stopped. */
  abandon(): void {
    this.extension = undefined;
    if (this.context.control.isActive) this.end({ reason: 'stopped' }, 'training');
    this.context.control.end('abandoned');
  }

  private end({ reason, message }: Outcome, work: WorkName): void {
    const { run } = this;
    const { control, emit, report } = this.context;
    control.end('idle');
    emit({ kind: 'finished', run, reason });
    // If an extension follows immediately, main need not know of the end, unless the run was only evaluated so far:
    // main must then learn that its training begins.
    if (!this.extension || work === 'evaluating') report({ kind: 'ended', run, reason, message });
  }

  private fail(error: unknown): void {
    const { run } = this;
    const { control, emit, report } = this.context;
    control.end('failed');
    const failure = toFailure(error);
    emit({ kind: 'failed', run, error: failure });
    report({ kind: 'ended', run, reason: 'failed', message: failure.message });
  }
}
