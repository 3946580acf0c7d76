// Caches the histories of the compared runs, and reads them again when they have grown.
import type { RunId, RunRecord, RunSummary } from '../../src-shared/runs/runs';
import type { SendRunCommand } from '../client/run-api';

/** With predictions of ten thousand images a record takes some hundred kilobytes, so only a few are cached. */
const MAX_RECORDS = 20;

interface Unreadable {
  id: RunId;
  message: string;
}

export class RunRecords {
  #send: SendRunCommand;
  /** The one read last comes last. */
  #records = $state.raw<readonly RunRecord[]>([]);
  #failures = $state.raw<readonly Unreadable[]>([]);
  #reading: RunId[] = [];

  constructor(send: SendRunCommand) {
    this.#send = send;
  }

  of(id: RunId): RunRecord | undefined {
    return this.#records.find(({ summary }) => summary.id === id);
  }
  /** Why a record could not be read. */
  failureOf(id: RunId): string | undefined {
    return this.#failures.find((failure) => failure.id === id)?.message;
  }

  /** Reads missing and outdated records. After a failure a record is not read again until forgetFailures. */
  load(runs: readonly RunSummary[]): void {
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
    // Keeps the requested summary: main reports later changes by a notice, and the record is then read again.
    else
      this.#records = [
        ...this.#records.filter(({ summary }) => summary.id !== id),
        { ...answer.value, summary: run },
      ].slice(-MAX_RECORDS);
  }
}
