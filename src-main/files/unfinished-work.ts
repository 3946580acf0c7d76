// Keeps track of what is being written. The app waits for it before it quits, and reports what could not be written.
import { toFailure } from '../../src-shared/errors';
import type { Wait } from './file-retry';

/** After this time the person is asked whether to keep waiting. */
export const QUIT_LIMIT_MS = 10_000;

export class UnfinishedWork {
  private readonly work = new Map<Promise<void>, string>();
  /** Messages of work that failed after the app began to wait. Earlier failures are reported where the work began. */
  private failures: string[] | undefined;

  /** @param what is written, for a sentence, such as “the settings”. @returns the work itself */
  during<T>(what: string, work: Promise<T>): Promise<T> {
    const ended: Promise<void> = work
      .then(
        () => undefined,
        (error: unknown) => void this.failures?.push(toFailure(error).message),
      )
      .finally(() => this.work.delete(ended));
    this.work.set(ended, what);
    return work;
  }

  /** What is not finished yet, without duplicates. */
  get what(): string[] {
    return [...new Set(this.work.values())];
  }

  /** Waits for all work, also work that begins meanwhile. @returns messages of failures, without duplicates */
  async finished(): Promise<string[]> {
    this.failures ??= [];
    while (this.work.size > 0) await Promise.all(this.work.keys());
    return [...new Set(this.failures)];
  }
}

/** All work of this process. */
export const unfinishedWork = new UnfinishedWork();

export interface FinishQuestions {
  /** @param closed is aborted when the answer no longer matters. @returns false if the app should quit now */
  keepWaiting: (what: string[], closed: AbortSignal) => Promise<boolean>;
  /** Resolves when the person has read what could not be written. */
  reportLost: (sentences: string[]) => Promise<void>;
}

/** Waits for all work. If that takes long, asks repeatedly whether to keep waiting. */
export async function finishWork(
  unfinished: UnfinishedWork,
  { keepWaiting, reportLost }: FinishQuestions,
  wait: Wait,
): Promise<void> {
  const finished = unfinished.finished();
  for (;;) {
    const inTime = await Promise.race([finished.then(() => true), wait(QUIT_LIMIT_MS).then(() => false)]);
    if (inTime) break;
    const closed = new AbortController();
    const answer = await Promise.race([finished.then(() => true), keepWaiting(unfinished.what, closed.signal)]);
    closed.abort();
    if (!answer) return;
  }
  const lost = await finished;
  if (lost.length > 0) await reportLost(lost);
}
