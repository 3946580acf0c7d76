// The runs in the folder as memory knows them: those that could be read, and those that could not be read yet.
import { join } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import { runIdSchema, type RunId, type RunList, type RunSummary } from '../../src-shared/runs/runs';
import type { Wait } from '../files/file-retry';
import { admitRun, isDamage, whyUnreadable } from './admit-run';
import { RunFolder } from './run-folder';
import type { NewRun } from './begin-run';
import type { RunJson } from './run-json';
import { nameOfRun } from './naming/run-name';
import { RunNumbers } from './naming/run-numbers';
import { changed } from './run-progress';
import type { SetAside } from './set-aside';

/** Folders that are read at the same time. */
const READ_AT_ONCE = 50;

export class RunIndex {
  private readonly runs = new Map<RunId, RunSummary>();
  /** Folders that could not be read and are still in place, with the reason. */
  private readonly unread = new Map<RunId, string>();
  private readonly numbers: RunNumbers;

  constructor(
    private readonly folder: string,
    private readonly setAside: SetAside,
    private readonly wait: Wait | undefined,
  ) {
    this.numbers = new RunNumbers(folder, wait);
  }

  /** @param names of all folders; those that are not named like a run are ignored */
  async admitAll(names: readonly string[]): Promise<void> {
    const ids = names.filter((name) => runIdSchema.safeParse(name).success);
    await this.numbers.load();
    for (let k = 0; k < ids.length; k += READ_AT_ONCE)
      await Promise.all(ids.slice(k, k + READ_AT_ONCE).map((id) => this.admit(id)));
  }

  get hasUnread(): boolean {
    return this.unread.size > 0;
  }

  async admitUnread(): Promise<void> {
    await Promise.all([...this.unread.keys()].map((id) => this.admit(id)));
  }

  /** Reads a run's folder into the list, or sets it aside if it is damaged. */
  async admit(id: RunId): Promise<void> {
    this.unread.delete(id);
    try {
      await this.remember(await admitRun(this.folderOf(id), id));
    } catch (error) {
      const reason = whyUnreadable(error);
      const leaveInPlace = () => void this.unread.set(id, reason);
      if (isDamage(error)) await this.setAside.add(id, join(this.folder, id), reason).catch(leaveInPlace);
      else leaveInPlace();
    }
  }

  /** The run with the number and, unless it has one, the name that it will be stored with. */
  named(run: NewRun): NewRun & Pick<RunSummary, 'name' | 'number'> {
    const earlier = [...this.runs.values()].filter(({ dataset }) => dataset.hash === run.dataset.hash);
    return { ...run, number: this.numbers.next, name: run.name ?? nameOfRun(run, earlier) };
  }

  /** Newest first. */
  get all(): RunSummary[] {
    return [...this.runs.values()].sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
  }

  listUnread(): RunList['setAside'] {
    return [...this.unread].map(([name, reason]) => ({ name, folder: this.folderOf(name).path, reason, moved: false }));
  }

  find(id: RunId): RunSummary | undefined {
    return this.runs.get(id);
  }

  /** Throws run-unreadable if there is no run of this id. */
  summary(id: RunId): RunSummary {
    const run = this.find(id);
    if (!run) throw new StudioError('run-unreadable', 'This run is not there any more. Please choose another one.');
    return run;
  }

  folderOf(id: RunId): RunFolder {
    return new RunFolder(join(this.folder, runIdSchema.parse(id)), this.wait);
  }

  /** Throws run-unreadable if there is no run of this id. */
  locate(id: RunId): [RunFolder, RunSummary] {
    const run = this.summary(id);
    return [this.folderOf(id), run];
  }

  /** Writes run.json with this change. */
  async rewrite(
    { bytes: _, ...before }: RunSummary,
    change: { [K in keyof RunJson]?: RunJson[K] | undefined },
  ): Promise<RunSummary> {
    return this.remember(await this.folderOf(before.id).writeRun(changed(before, change)));
  }

  /** Takes over what was read or written; the run's size is looked up on the disk, and its number in numbers.json. */
  async remember(run: RunJson): Promise<RunSummary> {
    const bytes = await this.folderOf(run.id)
      .bytes()
      .catch(() => this.find(run.id)?.bytes ?? 0);
    const summary = { ...run, bytes, number: await this.numbers.of(run) };
    this.runs.set(run.id, summary);
    return summary;
  }

  forget(id: RunId): void {
    this.runs.delete(id);
  }
}
