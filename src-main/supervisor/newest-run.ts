// The newest run as the main process knows it: it is training or paused, or has ended so that it can be extended.
import type { RunState } from './supervised-trainer';

export class NewestRun {
  private state: { run: RunState; isActive: boolean } | undefined;

  /** @param onChanged is called with the active run whenever it changes, and with undefined when it has ended */
  constructor(private readonly onChanged: (run: RunState | undefined) => void) {}

  /** The run that is training or paused. */
  get active(): RunState | undefined {
    return this.state?.isActive ? this.state.run : undefined;
  }

  /** The same, or else the last run that has ended well. */
  get last(): RunState | undefined {
    return this.state?.run;
  }

  /** Makes this run the active one: a new run, or one that is extended after its end. */
  activate(run: RunState): void {
    this.state = { run, isActive: true };
    this.onChanged(run);
  }

  /** Applies what the trainer reports of a run, and ignores reports of earlier runs. */
  update(run: number, change: Partial<RunState>): void {
    if (this.active?.run === run) this.activate({ ...this.active, ...change, begun: true });
  }

  /** @returns the run if it was active. A run that failed, even after its end, can no longer be extended. */
  end(failed: boolean): RunState | undefined {
    const { active, last } = this;
    this.state = failed || !last ? undefined : { run: last, isActive: false };
    if (active) this.onChanged(undefined);
    return active;
  }

  /** Forgets the run: it belonged to another dataset. */
  forget(): void {
    this.state = undefined;
  }
}
