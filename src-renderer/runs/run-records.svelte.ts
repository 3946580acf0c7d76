// Keeps the histories of the runs that are compared, and reads them again when they have grown.
import type { RunId, RunRecord, RunSummary } from '../../src-shared/runs';
import type { SendRunCommand } from './run-api';

/** Predictions and probabilities of ten thousand images make a record some hundred kilobytes: few are kept. */
const MOST_KEPT = 20;

export class RunRecords {
  #send: SendRunCommand;
  #records = $state.raw<ReadonlyMap<RunId, RunRecord>>(new Map());
  #failures = $state.raw<ReadonlyMap<RunId, string>>(new Map());
  #reading = new Set<RunId>();

  constructor(send: SendRunCommand) {
    this.#send = send;
  }

  of(id: RunId): RunRecord | undefined {
    return this.#records.get(id);
  }
  /** Why it could not be read. */
  failureOf(id: RunId): string | undefined {
    return this.#failures.get(id);
  }

  /** Reads those that are not there yet, or have trained more epochs since. */
  want(runs: readonly RunSummary[]): void {
    for (const run of runs) {
      const known = this.#records.get(run.id)?.summary;
      if (this.#reading.has(run.id) || (known?.epochsTrained === run.epochsTrained && known.status === run.status) || this.#failures.has(run.id)) continue;
      void this.#read(run.id);
    }
  }

  /** Failed ones are tried again. */
  forgetFailures(): void {
    this.#failures = new Map();
  }

  async #read(id: RunId): Promise<void> {
    this.#reading.add(id);
    const answer = await this.#send('readRun', { id });
    this.#reading.delete(id);
    if (answer.ok) {
      const others = [...this.#records].filter(([other]) => other !== id).slice(1 - MOST_KEPT);
      this.#records = new Map([...others, [id, answer.value]]);
    } else this.#failures = new Map(this.#failures).set(id, answer.error.message);
  }
}
