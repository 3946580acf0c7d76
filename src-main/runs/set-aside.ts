// The folder of damaged runs, which are moved out of the list with a reason until a person brings them back.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import { SET_ASIDE_NAME, type RunId, type SetAsideRun } from '../../src-shared/runs/runs';
import { exists, renamePatiently, type Wait } from '../files/file-retry';
import { admitRun, whyUnreadable } from './admit-run';
import { RunFolder } from './run-folder';

/** The reason shown for a run that an earlier version of the app may have set aside, although this one can read it. */
const READABLE = 'this version of the app may read it';

export class SetAside {
  /** By the name of the folder. */
  private readonly reasons = new Map<string, string>();

  constructor(
    private readonly folder: string,
    private readonly wait?: Wait,
  ) {}

  async create(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  async add(id: RunId, from: string, reason: string): Promise<void> {
    const name = `${id}-${randomBytes(3).toString('hex')}`;
    await renamePatiently(from, join(this.folder, name), this.wait);
    this.reasons.set(name, reason);
  }

  /**
   * Includes runs that were set aside at earlier starts. Empty if the folder cannot be read now: the list of runs must
   * not fail because of it.
   */
  async list(): Promise<SetAsideRun[]> {
    const names = (await readdir(this.folder).catch(() => [])).filter((name) => SET_ASIDE_NAME.test(name)).sort();
    return Promise.all(
      names.map(async (name) => ({
        name: idOf(name),
        folder: join(this.folder, name),
        reason: await this.reasonOf(name),
        moved: true,
      })),
    );
  }

  /**
   * Moves a run back.
   * @param to the path that it belongs to, by its id
   * @returns its id. Throws run-unreadable with a sentence that says why it stays.
   */
  async bringBack(name: string, to: (id: RunId) => string): Promise<RunId> {
    if (!SET_ASIDE_NAME.test(name)) throw new StudioError('refused', 'This run was not set aside.');
    const id = idOf(name);
    const folder = new RunFolder(join(this.folder, name), this.wait);
    if (await exists(to(id), this.wait)) throw stays(id, 'there is a run of this name already', folder);
    try {
      await admitRun(folder, id);
    } catch (error) {
      this.reasons.set(name, whyUnreadable(error));
      throw stays(id, whyUnreadable(error), folder);
    }
    await renamePatiently(folder.path, to(id), this.wait);
    return id;
  }

  private async reasonOf(name: string): Promise<string> {
    let reason = this.reasons.get(name);
    reason ??= await new RunFolder(join(this.folder, name), this.wait)
      .readRun(idOf(name))
      .then(() => READABLE, whyUnreadable);
    this.reasons.set(name, reason);
    return reason;
  }
}

function idOf(name: string): RunId {
  return name.slice(0, name.lastIndexOf('-'));
}

function stays(id: RunId, reason: string, { path }: RunFolder): StudioError {
  return new StudioError(
    'run-unreadable',
    `The run ${id} could not be brought back: ${reason}. It stays in “${path}”.`,
  );
}
