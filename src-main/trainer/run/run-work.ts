// One piece of a run's work after the other: each begins in a named state, and ends in one that the person sees, also
// if it fails.
import type { FinishReason, Step } from '../../../src-shared/runs/progress';
import { toFailure } from '../../../src-shared/errors';
import type { WorkName } from './run-control';
import type { NewsContext } from '../progress/progress-reporter';

/** How work ended that has not failed. */
export interface Outcome {
  reason: FinishReason;
  message?: string | undefined;
}

/** More epochs that were ordered while the run could not take them. */
interface Extension {
  epochs: number;
  until: Step;
}

export class RunWork {
  private extension: Extension | undefined;

  constructor(
    private readonly run: number,
    private readonly context: Pick<NewsContext, 'control' | 'emit' | 'report'>,
  ) {}

  /** Keeps more epochs until the work is done. */
  postpone(epochs: number, until: Step): void {
    this.extension = { epochs: (this.extension?.epochs ?? 0) + epochs, until };
  }

  /** A stop means what was postponed, too. */
  forgetPostponed(): void {
    this.extension = undefined;
  }

  /** When the run is to pause on its own, if something was postponed. */
  pausePostponed(until: Step): void {
    if (this.extension) this.extension.until = until;
  }

  /** Never rejects once the work has begun. @returns what was postponed until the end, if the run can go on */
  async do(work: WorkName, until: Step | undefined, task: () => Promise<Outcome>): Promise<Extension | undefined> {
    const { control } = this.context;
    control.begin(work, until);
    try {
      const outcome = await task();
      if (control.inFlight) this.end(outcome, work);
    } catch (error) {
      if (control.inFlight) this.fail(error);
    }
    const { extension } = this;
    this.extension = undefined;
    return control.phase === 'idle' ? extension : undefined;
  }

  /** Does what an order asks for beside the work. If it fails, so does the run, since its engine is broken. */
  attempt(action: () => void): void {
    const { control } = this.context;
    try {
      action();
    } catch (error) {
      if (control.inFlight) control.fail(error);
      else if (control.phase === 'idle') this.fail(error);
    }
  }

  /** Another run or dataset takes the place of this one. What is in flight counts as stopped. */
  abandon(): void {
    this.extension = undefined;
    if (this.context.control.inFlight) this.end({ reason: 'stopped' }, 'training');
    this.context.control.end('abandoned');
  }

  private end({ reason, message }: Outcome, work: WorkName): void {
    const { run } = this;
    const { control, emit, report } = this.context;
    control.end('idle');
    emit({ kind: 'finished', run, reason });
    // With an extension training goes on in the same breath: for main it does not end. A run that was only evaluated
    // begins to be trained.
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
