// Creates a new run on the disk. Its folder gets its final name when it is complete.
import { join } from 'node:path';
import type { ResumePoint, RunSummary } from '../../src-shared/runs/runs';
import { removePatiently, renamePatiently, type Wait } from '../files/file-retry';
import { RunFolder } from './run-folder';
import { newId } from './naming/run-id';
import type { RunJson } from './run-json';

/** Prefix of the name of a folder that is not complete yet. */
export const UNFINISHED = '.unfinished-';

export type NewRun = Pick<RunJson, 'notes' | 'parent' | 'group' | 'dataset' | 'settings' | 'environment' | 'epochs'> & {
  /** If undefined, it is what the run changes. */
  name: string | undefined;
};

/** @param folder of all runs. Throws the system's error, or run-not-saved; nothing of the run is then on disk. */
export async function beginRun(
  folder: string,
  run: NewRun & Pick<RunSummary, 'name' | 'number'>,
  first: ResumePoint,
  created: number,
  wait: Wait | undefined,
): Promise<RunJson> {
  const id = newId(created);
  const json: RunJson = {
    ...run,
    id,
    star: false,
    created,
    status: 'running',
    message: undefined,
    changes: [],
    epochsTrained: 0,
    result: undefined,
    seconds: 0,
    resumable: true,
  };
  const unfinished = new RunFolder(join(folder, `${UNFINISHED}${id}`), wait);
  try {
    const begun = await unfinished.create(json, first);
    await renamePatiently(unfinished.path, join(folder, id), wait);
    return begun;
  } catch (error) {
    await removeUnfinished(unfinished.path, wait);
    throw error;
  }
}

/** A folder that cannot be removed now is removed at the next start. */
export async function removeUnfinished(path: string, wait: Wait | undefined): Promise<void> {
  await removePatiently(path, wait).catch(console.error);
}
