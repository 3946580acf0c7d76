// Describes what can go wrong with the page of the window, and detects whether loading it again is likely to help.

export type Trouble = 'not-loaded' | 'ended' | 'out-of-memory' | 'unresponsive';

/** Chromium's code for a load that was replaced by another. */
const ABORTED = -3;
/** A page that ends this soon after it was loaded again is likely to do so every time. */
const SOON_MS = 10_000;

export function isFailedLoad(code: number): boolean {
  return code !== ABORTED;
}

/** Distinguishes a page that ends whenever it is loaded from one that ended after some use. */
export class CrashLoop {
  private loads = 0;
  private loadedAt = 0;

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  loading(): void {
    this.loads++;
    this.loadedAt = this.now();
  }

  /** When the page has ended: true if it had just been loaded again. */
  get isLikely(): boolean {
    return this.loads > 1 && this.now() - this.loadedAt < SOON_MS;
  }
}

const KEPT =
  'Nothing is lost: training runs in a process of its own and continues, and the page shows everything again ' +
  'once it is loaded.';

type Words = (again: boolean, logFile: string) => { message: string; detail: string };

function words(once: string, repeatedly: string): Words {
  return (again, logFile) =>
    again
      ? {
          message: repeatedly,
          detail:
            `${KEPT} Loading it again may not help. If it does not, quit and start the app again. The log says ` +
            `more: ${logFile}`,
        }
      : { message: once, detail: KEPT };
}

export const TROUBLES: Record<Trouble, Words> = {
  'not-loaded': words(
    'The page of this window could not be loaded.',
    'The page of this window still could not be loaded.',
  ),
  ended: words(
    'The page of this window ended unexpectedly.',
    'The page of this window ended again, right after it was loaded.',
  ),
  'out-of-memory': words(
    'The page of this window ran out of memory.',
    'The page of this window ran out of memory again, right after it was loaded.',
  ),
  unresponsive: () => ({
    message: 'The page of this window does not respond.',
    detail: `${KEPT} You can wait, or load it again.`,
  }),
};
