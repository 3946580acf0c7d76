// Keeps the histories of the runs that are compared, and reads them again when they have grown.
import type { RunId, RunRecord, RunSummary } from '../../src-shared/runs/runs';
import type { SendRunCommand } from '../client/run-api';

/** Predictions of ten thousand images make a record some hundred kilobytes: few are kept. */
const MOST_KEPT = 20;

interface Unreadable {
  id: RunId;
  message: string;
}

export class RunRecords {
  #send: SendRunCommand;
  /** The newest last. */
  #records = $state.raw<readonly RunRecord[]>([]);
  #failures = $state.raw<readonly Unreadable[]>([]);
  #reading: RunId[] = [];

  constructor(send: SendRunCommand) {
    this.#send = send;
  }

  of(id: RunId): RunRecord | undefined {
    return this.#records.find(({ summary }) => summary.id === id);
  }
  /** Why it could not be read. */
  failureOf(id: RunId): string | undefined {
    return this.#failures.find((failure) => failure.id === id)?.message;
  }

  /**
   * Reads those that are not there yet, or have changed since. One that could not be read is not asked for again until
   * forgetFailures.
   */
  want(runs: readonly RunSummary[]): void {
    for (const run of runs) {
      const { id, epochsTrained, status } = run;
      const known = this.of(id)?.summary;
      const isKnown = known?.epochsTrained === epochsTrained && known.status === status;
      if (!isKnown && !this.#reading.includes(id) && this.failureOf(id) === undefined) void this.#read(run);
    }
  }

  forgetFailures(): void {
    this.#failures = [];
  }

  async #read(run: RunSummary): Promise<void> {
    const { id } = run;
    this.#reading.push(id);
    const answer = await this.#send('readRun', { id });
    this.#reading = this.#reading.filter((other) => other !== id);
    if (!answer.ok) this.#failures = [...this.#failures, { id, message: answer.error.message }];
    // With the summary that it was read for: what main has written meanwhile is told by a notice, and read again then.
    else
      this.#records = [
        ...this.#records.filter(({ summary }) => summary.id !== id),
        { ...answer.value, summary: run },
      ].slice(-MOST_KEPT);
  }
}
