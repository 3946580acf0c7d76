// All runs on disk: begins, writes, lists, deletes and brings back. README.md beside it describes the files.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import {
  runIdSchema,
  type EpochRecord,
  type ResumePoint,
  type RunId,
  type RunList,
  type RunRecord,
  type RunSummary,
  type StoredRun,
} from '../../src-shared/runs/runs';
import { fileErrorReason, isLocked } from '../files/file-errors';
import { retryWhileHeld, type Wait } from '../files/file-retry';
import { admitRun, isDamage, whyUnreadable } from './admit-run';
import { beginRun, removeUnfinished, UNFINISHED, type NewRun } from './begin-run';
import { DeletedRuns } from './deleted-runs';
import { readPosition, readRecord, readStoredRun, type RunPosition } from './read-run';
import { RunFolder } from './run-folder';
import { delayedOr, NOT_WRITTEN, notWritten, RunDelayed } from './not-written';
import type { RunJson } from './run-json';
import { changed, progressOf } from './run-progress';
import { SetAside } from './set-aside';
import { addUnwritten, afterEpochs, type RunChange, type Unwritten } from './unwritten';
import { together, withEpoch, type EpochTurn, type WaitingEpochs } from './waiting-epochs';

export { RunDelayed, type NewRun };

export class RunStore {
  private readonly runs = new Map<RunId, RunSummary>();
  /** Folders that could not be read and are still in place, with the reason. */
  private readonly unread = new Map<RunId, string>();
  private readonly unwritten = new Map<RunId, Unwritten>();
  /** Why a part of a run will never be written: its file could not be read again. */
  private readonly refused = new Map<RunId, StudioError>();
  /** Writes go one after the other, so that none overtakes another. */
  private queue: Promise<unknown> = Promise.resolve();
  /** The last in the queue, where it writes epochs and has not begun. */
  private waiting: EpochTurn | undefined;
  private readonly deleted: DeletedRuns;
  private readonly setAside: SetAside;

  private constructor(
    private readonly folder: string,
    private readonly now: () => number,
    private readonly wait: Wait | undefined,
  ) {
    this.deleted = new DeletedRuns(join(folder, 'deleted'), wait);
    this.setAside = new SetAside(join(folder, 'set-aside'), wait);
  }

  /**
   * Reads what is there; a run that was in flight when the app ended counts as cut off. Throws run-unreadable.
   * @param wait before a file operation is repeated that another program refuses
   */
  static async open(folder: string, now: () => number = Date.now, wait?: Wait): Promise<RunStore> {
    const store = new RunStore(folder, now, wait);
    try {
      await store.deleted.create();
      await store.setAside.create();
      const all = await retryWhileHeld(() => readdir(folder), wait);
      for (const name of all.filter((one) => one.startsWith(UNFINISHED)))
        await removeUnfinished(join(folder, name), wait);
      const names = all.filter((name) => runIdSchema.safeParse(name).success);
      for (let k = 0; k < names.length; k += 50)
        await Promise.all(names.slice(k, k + 50).map((name) => store.admit(name)));
    } catch (error) {
      throw new StudioError(
        'run-unreadable',
        `The folder of runs “${folder}” could not be opened: ${fileErrorReason(error)}. Runs cannot be kept ` +
          'until it can.',
      );
    }
    return store;
  }

  /** Folders that could not be read before are read again. */
  async list(): Promise<RunList> {
    if (this.unread.size > 0)
      await this.inTurn(async () => void (await Promise.all([...this.unread.keys()].map((id) => this.admit(id)))));
    await this.queue;
    const runs = [...this.runs.values()].sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
    const unread = [...this.unread].map(([name, reason]) => ({
      name,
      folder: this.folderOf(name).path,
      reason,
      moved: false,
    }));
    return { runs, deleted: await this.deleted.count(), setAside: [...(await this.setAside.list()), ...unread] };
  }

  find = (id: RunId): RunSummary | undefined => this.runs.get(id);

  /** Throws run-unreadable where there is none of this id. */
  summary(id: RunId): RunSummary {
    const run = this.find(id);
    if (!run) throw new StudioError('run-unreadable', 'This run is not there any more. Please choose another one.');
    return run;
  }

  /** Throws RunDelayed if it may succeed later; nothing of the run is then on disk or in memory. */
  begin(run: NewRun, first: ResumePoint): Promise<RunSummary> {
    return this.inTurn(async () => {
      const begun = beginRun(this.folder, run, first, this.now(), this.wait);
      return this.remember(
        await begun.catch((error: unknown) => Promise.reject(delayedOr(this.folder, error) as Error)),
      );
    });
  }

  writeEpoch(id: RunId, record: EpochRecord): Promise<RunSummary> {
    return this.writeEpochs(id, withEpoch(record));
  }

  /**
   * The ends of epochs. If the ones before still wait for their turn, all are written together. A run that is gone
   * meanwhile is not written. Throws RunDelayed, as do the other writes of a run in training.
   */
  writeEpochs(id: RunId, epochs: WaitingEpochs): Promise<RunSummary> {
    if (this.waiting?.id === id) {
      this.waiting.epochs = together(this.waiting.epochs, epochs);
      return this.waiting.written;
    }
    const begin = () => {
      if (this.waiting === turn) this.waiting = undefined;
      return this.write(id, { epochs: turn.epochs, change: {} });
    };
    const turn: EpochTurn = { id, epochs, written: this.inTurn(begin) };
    this.waiting = turn;
    return turn.written;
  }

  /** Where the run stands now, outside the end of an epoch: the best weights were put back. */
  writePosition(id: RunId, resume: ResumePoint, change: RunChange): Promise<RunSummary> {
    return this.inTurn(() => this.write(id, { position: resume, change }));
  }

  /** A run in training started, ended or was cut off. */
  writeStatus(id: RunId, change: Pick<RunChange, 'status' | 'message'>): Promise<RunSummary> {
    return this.inTurn(() => this.write(id, { change }));
  }

  /** Writes what could not be written before. Throws as long as anything of the run is missing on the disk. */
  catchUp(id: RunId): Promise<RunSummary> {
    return this.inTurn(async () => {
      const run = this.unwritten.has(id) ? await this.write(id, { change: {} }) : this.summary(id);
      const refused = this.refused.get(id);
      if (refused) throw refused;
      return run;
    });
  }

  /** What a person changes: written now, or refused. */
  change(id: RunId, change: RunChange): Promise<RunSummary> {
    return this.inTurn(() => this.rewrite(this.summary(id), change));
  }

  delete(ids: readonly RunId[]): Promise<void> {
    return this.inTurn(async () => {
      for (const id of ids) {
        if (this.summary(id).status === 'running')
          throw new StudioError('busy', 'A run that is being trained cannot be deleted. Please stop it first.');
        await this.deleted.add(id, this.folderOf(id).path);
        this.runs.delete(id);
        this.unwritten.delete(id);
        this.refused.delete(id);
      }
    }, 'The run could not be deleted');
  }

  /** Brings deleted runs back. */
  restore(ids: readonly RunId[]): Promise<void> {
    return this.inTurn(async () => {
      for (const id of ids) {
        await this.deleted.bringBack(id, this.folderOf(id).path);
        await this.admit(id);
      }
    }, 'The run could not be brought back');
  }

  /**
   * Takes a damaged run that was set aside back into the list.
   * @param folder its name. Throws run-unreadable if it still cannot be read.
   */
  bringBack(folder: string): Promise<void> {
    return this.inTurn(
      async () => this.admit(await this.setAside.bringBack(folder, (id) => this.folderOf(id).path)),
      'The run could not be brought back',
    );
  }

  /**
   * Cleans up all that it can, and then throws if there was something that it could not.
   * @returns how many bytes are free again
   */
  cleanUp({ deleted, optimizerStates }: { deleted: boolean; optimizerStates: boolean }): Promise<{ bytes: number }> {
    return this.inTurn(async () => {
      const emptied = deleted ? await this.deleted.empty() : undefined;
      let [bytes, failed] = [emptied?.bytes ?? 0, emptied?.error];
      const over = [...this.runs.values()].filter(
        ({ status, star }) => optimizerStates && !star && (status === 'completed' || status === 'early'),
      );
      for (const run of over) {
        if (run.untrainable !== undefined || this.unwritten.has(run.id)) continue;
        await this.forgetOptimizer(run).then(
          (freed) => (bytes += freed),
          (error: unknown) => (failed ??= error),
        );
      }
      if (failed !== undefined) throw failed;
      return { bytes };
    }, 'Not everything could be cleaned up');
  }

  /** Of a run that another version has written, nothing. @returns how many bytes are free again */
  private async forgetOptimizer(run: RunSummary): Promise<number> {
    const folder = this.folderOf(run.id);
    const weights = await folder.readWithoutOptimizer();
    if (!weights) return 0;
    // In this order: a run that says that it can go on must have all that it needs. If the app ends in between, the
    // next clean-up does the rest.
    const after = run.resumable ? await this.rewrite(run, { resumable: false }) : run;
    await folder.writeWeights(weights);
    return run.bytes - (await this.remember(after)).bytes;
  }

  async read(id: RunId): Promise<RunRecord> {
    await this.queue;
    return readRecord(...this.kept(id));
  }

  /** Throws refused for a run that this version cannot train. */
  async readForTraining(id: RunId): Promise<StoredRun> {
    await this.tryToWrite(id);
    return readStoredRun(...this.kept(id));
  }

  /** Without the best weights and what is drawn. */
  async readPosition(id: RunId): Promise<RunPosition> {
    await this.tryToWrite(id);
    return readPosition(...this.kept(id));
  }

  /** For another process, which reads the run's tensors itself. */
  async locate(id: RunId): Promise<{ summary: RunSummary; folder: string }> {
    await this.tryToWrite(id);
    return { summary: this.summary(id), folder: this.folderOf(id).path };
  }

  /**
   * What memory has is newer than the disk. If it is still refused, the disk has an older epoch, which is whole too.
   */
  private async tryToWrite(id: RunId): Promise<void> {
    if (this.unwritten.has(id)) await this.catchUp(id).catch(() => undefined);
    await this.queue;
  }

  /** Returns when all that was asked for is written; what was refused is tried once more. */
  async settle(): Promise<void> {
    await Promise.all([...this.unwritten.keys()].map((id) => this.catchUp(id).catch(() => undefined)));
    for (let turn: unknown; turn !== this.queue; await turn) turn = this.queue;
  }

  private kept(id: RunId): [RunFolder, RunSummary] {
    const run = this.summary(id);
    return [this.folderOf(id), run];
  }

  private folderOf(id: RunId): RunFolder {
    return new RunFolder(join(this.folder, runIdSchema.parse(id)), this.wait);
  }

  /** Takes a folder into the list, or sets it aside if it is damaged. */
  private async admit(id: RunId): Promise<void> {
    this.unread.delete(id);
    try {
      await this.remember(await admitRun(this.folderOf(id), id));
    } catch (error) {
      const reason = whyUnreadable(error);
      const leave = () => void this.unread.set(id, reason);
      if (isDamage(error)) await this.setAside.add(id, join(this.folder, id), reason).catch(leave);
      else leave();
    }
  }

  /**
   * Writes this and all that could not be written before. What fails is kept, unless this cannot be read again: then
   * only what was there before.
   */
  private async write(id: RunId, more: Unwritten): Promise<RunSummary> {
    const before = this.summary(id);
    const unwritten = addUnwritten(this.unwritten.get(id), more);
    const { epochs, position, change } = unwritten;
    const folder = this.folderOf(id);
    const after = epochs ? afterEpochs(before, epochs) : before;
    try {
      // Only of a run that says that it is running is the start of the app told to look how far it came.
      if ((epochs || position) && before.status !== 'running')
        await this.rewrite(before, { status: 'running', message: undefined });
      if (epochs) await folder.writeEpochs(epochs, progressOf(after));
      if (position) await folder.writePosition(position, progressOf(changed(after, change)));
      if (epochs?.best) await folder.removeOtherBest(epochs.best);
      const run = await this.rewrite(after, change);
      this.unwritten.delete(id);
      return run;
    } catch (error) {
      if (error instanceof StudioError) this.refused.set(id, error);
      else this.unwritten.set(id, unwritten);
      if (!isLocked(error)) await this.endAnyway(id, change);
      throw delayedOr(this.folder, error);
    }
  }

  /** A run whose last epochs do not fit on the disk has ended all the same: only then can it be deleted. */
  private async endAnyway(id: RunId, { status, message }: RunChange): Promise<void> {
    if (status === undefined || status === 'running') return;
    await this.rewrite(this.summary(id), { status, message }).catch(() => undefined);
  }

  private async rewrite(
    { bytes: _, ...before }: RunSummary,
    change: { [K in keyof RunJson]?: RunJson[K] | undefined },
  ): Promise<RunSummary> {
    return this.remember(await this.folderOf(before.id).writeRun(changed(before, change)));
  }

  private async remember(run: RunJson): Promise<RunSummary> {
    const bytes = await this.folderOf(run.id)
      .bytes()
      .catch(() => this.runs.get(run.id)?.bytes ?? 0);
    const summary = { ...run, bytes };
    this.runs.set(run.id, summary);
    return summary;
  }

  /** @param failed begins the sentence about an error of the system */
  private inTurn<T>(work: () => Promise<T>, failed = NOT_WRITTEN): Promise<T> {
    this.waiting = undefined; // whatever comes later must not overtake this
    const turn = this.queue.then(work).catch((error: unknown) => {
      throw notWritten(this.folder, failed, error);
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }
}
