// All runs on disk: begins, writes, lists, deletes and brings back. README.md beside it describes the files.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import { runIdSchema, type EpochRecord, type ResumePoint, type RunId, type RunList, type RunRecord, type RunSummary, type StoredRun } from '../../src-shared/runs';
import { fileErrorReason } from '../file-errors';
import { RunFolder } from './run-folder';
import type { RunJson } from './run-json';
import { withEpoch, type WaitingEpochs } from './waiting-epochs';

const DELETED = 'deleted';
const SET_ASIDE = 'set-aside';
const UNFINISHED = '.unfinished-';

export type NewRun = Pick<RunJson, 'name' | 'notes' | 'parent' | 'group' | 'dataset' | 'settings' | 'environment' | 'epochs'>;
/** What is undefined stays, but for the message. */
export type RunChange = { [K in 'name' | 'star' | 'notes' | 'status' | 'message' | 'epochs' | 'changes' | 'result']?: RunJson[K] | undefined };

interface EpochTurn {
  id: RunId;
  epochs: WaitingEpochs;
  written: Promise<RunSummary>;
}

export class RunStore {
  private readonly runs = new Map<RunId, RunSummary>();
  private readonly setAside: RunList['setAside'] = [];
  /** Writes go one after the other, so that none overtakes another. */
  private queue: Promise<unknown> = Promise.resolve();
  /** The last in the queue, where it writes epochs and has not begun. */
  private waiting: EpochTurn | undefined;

  private constructor(
    private readonly folder: string,
    private readonly now: () => number,
  ) {}

  /** Reads what is there; a run that was in flight when the app ended counts as cut off. Throws run-unreadable. */
  static async open(folder: string, now: () => number = Date.now): Promise<RunStore> {
    const store = new RunStore(folder, now);
    try {
      await mkdir(join(folder, DELETED), { recursive: true });
      await mkdir(join(folder, SET_ASIDE), { recursive: true });
      const all = await readdir(folder);
      for (const name of all.filter((one) => one.startsWith(UNFINISHED))) await rm(join(folder, name), { recursive: true });
      const names = all.filter((name) => runIdSchema.safeParse(name).success);
      for (const part of chunks(names, 50)) await Promise.all(part.map((name) => store.admit(name)));
    } catch (error) {
      throw new StudioError('run-unreadable', `The folder of runs “${folder}” could not be opened: ${fileErrorReason(error)}. Runs cannot be kept until it can.`);
    }
    return store;
  }

  async list(): Promise<RunList> {
    await this.queue;
    const runs = [...this.runs.values()].sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
    const names = await readdir(join(this.folder, DELETED)).catch(() => []);
    const bytes = await Promise.all(names.map((name) => new RunFolder(join(this.folder, DELETED, name)).bytes().catch(() => 0)));
    return { runs, deleted: { runs: names.length, bytes: bytes.reduce((sum, size) => sum + size, 0) }, setAside: [...this.setAside] };
  }

  /** Throws run-unreadable where there is none of this id. */
  summary(id: RunId): RunSummary {
    const run = this.runs.get(id);
    if (!run) throw new StudioError('run-unreadable', 'This run is not there any more. Please choose another one.');
    return run;
  }

  begin(run: NewRun, first: ResumePoint): Promise<RunSummary> {
    return this.inTurn(async () => {
      const created = this.now();
      const id = newId(created);
      const json: RunJson = { ...run, id, star: false, created, status: 'running', message: undefined, changes: [], epochsTrained: 0, result: undefined, seconds: 0, resumable: true };
      // Under another name until it is whole.
      const unfinished = new RunFolder(join(this.folder, `${UNFINISHED}${id}`));
      await unfinished.create(json, first);
      await rename(unfinished.path, this.folderOf(id).path);
      return this.remember(json);
    });
  }

  /** The end of an epoch; where the one before still waits for its turn, both are written together. A run that is gone meanwhile is written no more. */
  writeEpoch(id: RunId, record: EpochRecord): Promise<RunSummary> {
    if (this.waiting?.id === id) {
      this.waiting.epochs = withEpoch(record, this.waiting.epochs);
      return this.waiting.written;
    }
    const turn: EpochTurn = { id, epochs: withEpoch(record), written: this.inTurn(() => this.takeTurn(turn)) };
    this.waiting = turn;
    return turn.written;
  }

  private async takeTurn(turn: EpochTurn): Promise<RunSummary> {
    if (this.waiting === turn) this.waiting = undefined;
    const { id, epochs } = turn;
    const before = this.summary(id);
    await this.folderOf(id).writeEpochs(epochs);
    const { result, changes, resume } = epochs.newest;
    const seconds = epochs.lines.reduce((sum, line) => sum + line.result.seconds, before.seconds);
    return this.rewrite(before, { result, changes, epochs: resume.epochs, epochsTrained: result.epoch, seconds });
  }

  /** Where the run stands now, outside the end of an epoch: the best weights were put back. */
  writePosition(id: RunId, resume: ResumePoint, change: RunChange): Promise<RunSummary> {
    return this.inTurn(async () => {
      await this.folderOf(id).writePosition(resume);
      return this.rewrite(this.summary(id), change);
    });
  }

  change(id: RunId, change: RunChange): Promise<RunSummary> {
    return this.inTurn(() => this.rewrite(this.summary(id), change));
  }

  delete(ids: readonly RunId[]): Promise<void> {
    return this.inTurn(async () => {
      for (const id of ids) {
        if (this.summary(id).status === 'running') throw new StudioError('busy', 'A run that is being trained cannot be deleted. Please stop it first.');
        await rename(this.folderOf(id).path, join(this.folder, DELETED, id));
        this.runs.delete(id);
      }
    });
  }

  /** Brings deleted runs back. */
  restore(ids: readonly RunId[]): Promise<void> {
    return this.inTurn(async () => {
      for (const id of ids) {
        await rename(join(this.folder, DELETED, runIdSchema.parse(id)), this.folderOf(id).path);
        await this.admit(id);
      }
    });
  }

  /** @returns how many bytes are free again */
  cleanUp({ deleted, optimizerStates }: { deleted: boolean; optimizerStates: boolean }): Promise<{ bytes: number }> {
    return this.inTurn(async () => {
      let bytes = 0;
      if (deleted) {
        for (const name of await readdir(join(this.folder, DELETED))) {
          const folder = join(this.folder, DELETED, name);
          bytes += await new RunFolder(folder).bytes().catch(() => 0);
          await rm(folder, { recursive: true });
        }
      }
      const over = [...this.runs.values()].filter(({ status, star }) => optimizerStates && !star && (status === 'completed' || status === 'early'));
      for (const run of over) {
        if (!run.resumable) continue;
        await this.folderOf(run.id).forgetOptimizer();
        bytes += run.bytes - (await this.rewrite(run, { resumable: false })).bytes;
      }
      return { bytes };
    });
  }

  async read(id: RunId): Promise<RunRecord> {
    await this.queue;
    const summary = this.summary(id);
    return this.reading(id, async (folder) => ({ summary, ...(await folder.readRecord()) }));
  }

  async readForTraining(id: RunId): Promise<StoredRun> {
    const record = await this.read(id);
    return this.reading(id, async (folder) => ({ record, ...(await folder.readForTraining()) }));
  }

  /** Returns when all that was asked for is written. */
  async settle(): Promise<void> {
    await this.queue;
  }

  private folderOf(id: RunId): RunFolder {
    return new RunFolder(join(this.folder, runIdSchema.parse(id)));
  }

  /** Takes a folder into the list, or sets it aside. */
  private async admit(id: RunId): Promise<void> {
    const folder = this.folderOf(id);
    try {
      const run = await folder.readRun();
      if (run.id !== id) throw new StudioError('run-unreadable', 'its run.json is that of another run');
      if (run.status === 'running') await this.pickUp(folder, run);
      else await this.remember(run);
    } catch (error) {
      await this.putAside(id, error);
    }
  }

  /** The app or the computer ended in its middle: what is whole counts. */
  private async pickUp(folder: RunFolder, run: RunJson): Promise<void> {
    await folder.removeTemporaryFiles();
    const { epoch, epochs } = await folder.readPosition();
    const lines = await folder.mendHistory(epoch);
    const seconds = lines.reduce((sum, { result }) => sum + result.seconds, 0);
    const message = `The app ended while it was trained, after epoch ${epoch} of ${epochs}.`;
    const json: RunJson = { ...run, status: 'cut-off', message, epochs, epochsTrained: epoch, result: lines.at(-1)?.result, seconds };
    await folder.writeRun(json);
    await this.remember(json);
  }

  private async putAside(id: RunId, error: unknown): Promise<void> {
    const aside = join(this.folder, SET_ASIDE, `${id}-${randomBytes(3).toString('hex')}`);
    const moved = await rename(join(this.folder, id), aside).then(
      () => true,
      () => false,
    );
    const why = error instanceof StudioError ? error.message : fileErrorWords(error);
    this.setAside.push({ name: id, folder: moved ? aside : join(this.folder, id), reason: why });
  }

  private async rewrite({ bytes: _, ...before }: RunSummary, change: { [K in keyof RunJson]?: RunJson[K] | undefined }): Promise<RunSummary> {
    const told = Object.entries(change).filter(([name, value]) => value !== undefined || name === 'message');
    const json: RunJson = { ...before, ...Object.fromEntries(told) };
    await this.folderOf(before.id).writeRun(json);
    return this.remember(json);
  }

  private async remember(run: RunJson): Promise<RunSummary> {
    const summary = { ...run, bytes: await this.folderOf(run.id).bytes() };
    this.runs.set(run.id, summary);
    return summary;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting = undefined; // whatever comes later must not overtake this
    const turn = this.queue.then(work).catch((error: unknown) => {
      if (error instanceof StudioError) throw error;
      throw new StudioError('run-not-saved', `The run could not be written to “${this.folder}”: ${fileErrorReason(error)}. What was written before is still there.`);
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async reading<T>(id: RunId, read: (folder: RunFolder) => Promise<T>): Promise<T> {
    try {
      return await read(this.folderOf(id));
    } catch (error) {
      if (error instanceof StudioError) throw error;
      throw new StudioError('run-unreadable', `The run could not be read: ${fileErrorWords(error)}. Its files are in “${this.folderOf(id).path}”.`);
    }
  }
}

function fileErrorWords(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ? fileErrorReason(error) : 'one of its files does not hold what it should';
}

/** Such as 20261123-091500-3fa9c2; in the time of the computer, as a person would look for it. */
function newId(now: number): RunId {
  const date = new Date(now);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}-${randomBytes(3).toString('hex')}`;
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, k) => all.slice(k * size, (k + 1) * size));
}
