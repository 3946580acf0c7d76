// The folder of deleted runs, which can be restored until it is emptied.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '../../src-shared/runs/runs';
import { removePatiently, renamePatiently, type Wait } from '../files/file-retry';
import { RunFolder } from './run-folder';

export class DeletedRuns {
  constructor(
    private readonly folder: string,
    private readonly wait?: Wait,
  ) {}

  async create(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  /** Zero if the folder cannot be read now: the list of runs must not fail because of it. */
  async count(): Promise<{ runs: number; bytes: number }> {
    const names = await readdir(this.folder).catch(() => []);
    const bytes = await Promise.all(names.map((name) => this.bytes(name)));
    return { runs: names.length, bytes: bytes.reduce((sum, size) => sum + size, 0) };
  }

  async add(id: RunId, from: string): Promise<void> {
    await renamePatiently(from, join(this.folder, id), this.wait);
  }

  async restore(id: RunId, to: string): Promise<void> {
    await renamePatiently(join(this.folder, id), to, this.wait);
  }

  /**
   * Removes all runs that can be removed.
   * @returns the bytes that were freed, and the last error if a run could not be removed
   */
  async empty(): Promise<{ bytes: number; error: unknown }> {
    let bytes = 0;
    let lastError: unknown;
    for (const name of await readdir(this.folder)) {
      const size = await this.bytes(name);
      try {
        await removePatiently(join(this.folder, name), this.wait);
        bytes += size;
      } catch (error) {
        lastError = error;
      }
    }
    return { bytes, error: lastError };
  }

  private bytes(name: string): Promise<number> {
    return new RunFolder(join(this.folder, name)).bytes().catch(() => 0);
  }
}
