// What is being written now. The app waits for it before it ends, and says what could not be written.
import { toFailure } from '../../src-shared/errors';
import type { Wait } from './file-retry';

/** After this time a person is asked whether to go on waiting. */
export const QUIT_LIMIT_MS = 10_000;

export class UnfinishedWork {
  private readonly work = new Map<Promise<void>, string>();
  /** Sentences about what has failed since someone began to wait; until then whoever began the work says it. */
  private failures: string[] | undefined;

  /** @param what the work is about, for a sentence, such as “the settings”. @returns the work itself */
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

  /** What is not done yet, each once. */
  get what(): string[] {
    return [...new Set(this.work.values())];
  }

  /** Returns when all is done, also what was begun meanwhile. @returns why some of it failed, each once */
  async finished(): Promise<string[]> {
    this.failures ??= [];
    while (this.work.size > 0) await Promise.all(this.work.keys());
    return [...new Set(this.failures)];
  }
}

/** Of this process. */
export const unfinishedWork = new UnfinishedWork();

export interface FinishQuestions {
  /** @param closed is aborted if the answer does not matter any more @returns false: the app is to end now */
  keepWaiting: (what: string[], closed: AbortSignal) => Promise<boolean>;
  /** Returns when the person has read that this could not be written. */
  reportLost: (sentences: string[]) => Promise<void>;
}

/** Waits for all of it, and asks again and again whether to, once that takes long. */
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
