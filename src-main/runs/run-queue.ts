// Trains several runs one after the other: the same settings with several seeds, or the values of a sweep.
import { randomUUID } from 'node:crypto';
import type { FinishReason } from '../../src-shared/runs/progress';
import type { RunSummary } from '../../src-shared/runs/runs';
import type { Settings } from '../../src-shared/settings/settings';

type Group = NonNullable<RunSummary['group']>;

export class RunQueue {
  private waiting: Settings[] = [];
  private group: Group | undefined;

  /** @param start begins to train a run, and returns its number */
  constructor(
    private readonly start: (settings: Settings, group: Group) => number,
    private readonly onChanged: (waiting: number) => void,
  ) {}

  /** Trains the first run now, and queues the others. @returns the number of the first */
  begin(name: string, all: readonly Settings[]): number {
    const group = { id: randomUUID(), name };
    const run = this.start(all[0]!, group);
    this.group = group;
    this.wait(all.slice(1));
    return run;
  }

  /** After a run that failed, the others are still trained; after one that the person stopped, they are not. */
  ended(reason: FinishReason | 'failed'): void {
    const [next, ...rest] = this.waiting;
    if (reason === 'stopped' || !next || !this.group) return this.clear();
    this.wait(rest);
    this.start(next, this.group);
  }

  clear(): void {
    if (this.waiting.length > 0) this.wait([]);
  }

  private wait(settings: Settings[]): void {
    this.waiting = settings;
    this.onChanged(settings.length);
  }
}
