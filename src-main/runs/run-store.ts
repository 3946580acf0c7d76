// All runs on disk: begins, writes, lists, deletes and restores them. One write follows the other, so that none
// overtakes another. README.md beside it describes the files.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import type {
  EpochRecord,
  ResumePoint,
  RunId,
  RunList,
  RunRecord,
  RunSummary,
  StoredRun,
} from '../../src-shared/runs/runs';
import { fileErrorReason, isLocked } from '../files/file-errors';
import { retryWhileHeld, type Wait } from '../files/file-retry';
import { beginRun, removeUnfinished, UNFINISHED, type NewRun } from './begin-run';
import { DeletedRuns } from './deleted-runs';
import { readPosition, readRecord, readStoredRun, type RunPosition } from './read-run';
import { delayedOr, NOT_WRITTEN, notWritten, RunDelayed } from './not-written';
import { RunIndex } from './run-index';
import { changed, progressOf } from './run-progress';
import { SetAside } from './set-aside';
import { addUnwritten, afterEpochs, type RunChange, type Unwritten } from './unwritten';
import { mergeEpochs, withEpoch, type EpochTurn, type WaitingEpochs } from './waiting-epochs';

export { RunDelayed, type NewRun };

export class RunStore {
  private readonly index: RunIndex;
  private readonly unwritten = new Map<RunId, Unwritten>();
  /** Why a part of a run will never be written: it could not be read again. */
  private readonly refused = new Map<RunId, StudioError>();
  private queue: Promise<unknown> = Promise.resolve();
  /** The last turn in the queue, if it writes epochs and has not begun. */
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
    this.index = new RunIndex(folder, this.setAside, wait);
  }

  /**
   * Reads all runs. One that was training when the app ended counts as cut off. Throws run-unreadable.
   * @param wait before a file operation is repeated because another program has the file open
   */
  static async open(folder: string, now: () => number = Date.now, wait?: Wait): Promise<RunStore> {
    const store = new RunStore(folder, now, wait);
    try {
      await store.deleted.create();
      await store.setAside.create();
      const all = await retryWhileHeld(() => readdir(folder), wait);
      for (const name of all.filter((one) => one.startsWith(UNFINISHED)))
        await removeUnfinished(join(folder, name), wait);
      await store.index.admitAll(all);
    } catch (error) {
      throw new StudioError(
        'run-unreadable',
        `The folder of runs “${folder}” could not be opened: ${fileErrorReason(error)}. Until it can be opened, runs ` +
          'are not saved.',
      );
    }
    return store;
  }

  /** Tries again to read the folders that could not be read before. */
  async list(): Promise<RunList> {
    if (this.index.hasUnread) await this.inTurn(() => this.index.admitUnread());
    await this.queue;
    const { all } = this.index;
    const unread = this.index.listUnread(); // at the same moment, so that each run is in one of them
    return {
      runs: all,
      deleted: await this.deleted.count(),
      setAside: [...(await this.setAside.list()), ...unread],
    };
  }

  find(id: RunId): RunSummary | undefined {
    return this.index.find(id);
  }

  /** Throws run-unreadable if there is no run of this id. */
  summary(id: RunId): RunSummary {
    return this.index.summary(id);
  }

  /** Throws RunDelayed if it may succeed later. Nothing of the run is then on disk or in memory. */
  begin(run: NewRun, first: ResumePoint): Promise<RunSummary> {
    return this.inTurn(async () => {
      const begun = beginRun(this.folder, this.index.named(run), first, this.now(), this.wait);
      return this.index.remember(
        await begun.catch((error: unknown) => Promise.reject(delayedOr(this.folder, error) as Error)),
      );
    });
  }

  writeEpoch(id: RunId, record: EpochRecord): Promise<RunSummary> {
    return this.writeEpochs(id, withEpoch(record));
  }

  /**
   * Writes finished epochs, together with earlier ones that still wait for their turn. A run that was deleted meanwhile
   * is not written. Throws RunDelayed, as do the other writes of a run that is training.
   */
  writeEpochs(id: RunId, epochs: WaitingEpochs): Promise<RunSummary> {
    if (this.waiting?.id === id) {
      this.waiting.epochs = mergeEpochs(this.waiting.epochs, epochs);
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

  /** Writes the weights and the position of a run between two epochs: the best weights were restored. */
  writePosition(id: RunId, resume: ResumePoint, change: RunChange): Promise<RunSummary> {
    return this.inTurn(() => this.write(id, { position: resume, change }));
  }

  /** Writes that a run has started, ended or was cut off. */
  writeStatus(id: RunId, change: Pick<RunChange, 'status' | 'message'>): Promise<RunSummary> {
    return this.inTurn(() => this.write(id, { change }));
  }

  /** Writes what could not be written before. Throws while anything of the run is missing on the disk. */
  catchUp(id: RunId): Promise<RunSummary> {
    return this.inTurn(async () => {
      const run = this.unwritten.has(id) ? await this.write(id, { change: {} }) : this.summary(id);
      const refused = this.refused.get(id);
      if (refused) throw refused;
      return run;
    });
  }

  /** Writes what a person has changed, or throws; it is not tried again later. */
  change(id: RunId, change: RunChange): Promise<RunSummary> {
    return this.inTurn(() => this.index.rewrite(this.summary(id), change));
  }

  delete(ids: readonly RunId[]): Promise<void> {
    return this.inTurn(async () => {
      for (const id of ids) {
        if (this.summary(id).status === 'running')
          throw new StudioError('busy', 'A run that is being trained cannot be deleted. Please stop it first.');
        await this.deleted.add(id, this.index.folderOf(id).path);
        this.index.forget(id);
        this.unwritten.delete(id);
        this.refused.delete(id);
      }
    }, 'The run could not be deleted');
  }

  /** Restores deleted runs. */
  restore(ids: readonly RunId[]): Promise<void> {
    return this.inTurn(async () => {
      for (const id of ids) {
        await this.deleted.restore(id, this.index.folderOf(id).path);
        await this.index.admit(id);
      }
    }, 'The run could not be brought back');
  }

  /**
   * Moves a damaged run that was set aside back into the list.
   * @param folder its name. Throws run-unreadable if it still cannot be read.
   */
  bringBack(folder: string): Promise<void> {
    return this.inTurn(
      async () => this.index.admit(await this.setAside.bringBack(folder, (id) => this.index.folderOf(id).path)),
      'The run could not be brought back',
    );
  }

  /**
   * Cleans up all that it can, and then throws if anything could not be cleaned up.
   * @returns the bytes that were freed
   */
  cleanUp({ deleted, optimizerStates }: { deleted: boolean; optimizerStates: boolean }): Promise<{ bytes: number }> {
    return this.inTurn(async () => {
      const emptied = deleted ? await this.deleted.empty() : undefined;
      let [bytes, failed] = [emptied?.bytes ?? 0, emptied?.error];
      const finished = this.index.all.filter(
        ({ status, star }) => optimizerStates && !star && (status === 'completed' || status === 'early'),
      );
      for (const run of finished) {
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

  /** Leaves a run alone that another version of the app has written. @returns the bytes that were freed */
  private async forgetOptimizer(run: RunSummary): Promise<number> {
    const folder = this.index.folderOf(run.id);
    const weights = await folder.readWithoutOptimizer();
    if (!weights) return 0;
    // In this order, because a run that is marked as resumable must have its optimizer state. If the app ends in
    // between, the next clean-up does the rest.
    const after = run.resumable ? await this.index.rewrite(run, { resumable: false }) : run;
    await folder.writeWeights(weights);
    return run.bytes - (await this.index.remember(after)).bytes;
  }

  async read(id: RunId): Promise<RunRecord> {
    await this.queue;
    return readRecord(...this.index.locate(id));
  }

  /** Throws refused for a run that this version cannot train. */
  async readForTraining(id: RunId): Promise<StoredRun> {
    await this.tryToWrite(id);
    return readStoredRun(...this.index.locate(id));
  }

  /** The weights and settings, without the best weights and the curves. */
  async readPosition(id: RunId): Promise<RunPosition> {
    await this.tryToWrite(id);
    return readPosition(...this.index.locate(id));
  }

  /** For another process, which reads the run's tensors on its own. */
  async locate(id: RunId): Promise<{ summary: RunSummary; folder: string }> {
    await this.tryToWrite(id);
    return { summary: this.summary(id), folder: this.index.folderOf(id).path };
  }

  /** Memory may be newer than the disk. If writing still fails, the disk has an older epoch, which is complete too. */
  private async tryToWrite(id: RunId): Promise<void> {
    if (this.unwritten.has(id)) await this.catchUp(id).catch(() => undefined);
    await this.queue;
  }

  /** Returns when all that was requested is written. What failed before is tried once more. */
  async settle(): Promise<void> {
    await Promise.all([...this.unwritten.keys()].map((id) => this.catchUp(id).catch(() => undefined)));
    for (let turn: unknown; turn !== this.queue; await turn) turn = this.queue;
  }

  /**
   * Writes these changes and all that could not be written before. If that fails, all of it stays in memory, unless the
   * changes could not be read again: then only the earlier ones stay.
   */
  private async write(id: RunId, more: Unwritten): Promise<RunSummary> {
    const before = this.summary(id);
    const unwritten = addUnwritten(this.unwritten.get(id), more);
    const { epochs, position, change } = unwritten;
    const folder = this.index.folderOf(id);
    const after = epochs ? afterEpochs(before, epochs) : before;
    try {
      // Only for a run that is marked as running does the app check at its start how far it came.
      if ((epochs || position) && before.status !== 'running')
        await this.index.rewrite(before, { status: 'running', message: undefined });
      if (epochs) await folder.writeEpochs(epochs, progressOf(after));
      if (position) await folder.writePosition(position, progressOf(changed(after, change)));
      if (epochs?.best) await folder.removeOtherBest(epochs.best);
      const run = await this.index.rewrite(after, change);
      this.unwritten.delete(id);
      return run;
    } catch (error) {
      if (error instanceof StudioError) this.refused.set(id, error);
      else this.unwritten.set(id, unwritten);
      if (!isLocked(error)) await this.endAnyway(id, change);
      throw delayedOr(this.folder, error);
    }
  }

  /** Writes at least the end of a run whose last epochs do not fit on the disk: only then can it be deleted. */
  private async endAnyway(id: RunId, { status, message }: RunChange): Promise<void> {
    if (status === undefined || status === 'running') return;
    await this.index.rewrite(this.summary(id), { status, message }).catch(() => undefined);
  }

  /** Runs work after all earlier work. @param failed the beginning of the sentence about a system error */
  private inTurn<T>(work: () => Promise<T>, failed = NOT_WRITTEN): Promise<T> {
    this.waiting = undefined; // later epochs must not be written before this
    const turn = this.queue.then(work).catch((error: unknown) => {
      throw notWritten(this.folder, failed, error);
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }
}
