// Reads a run that is in the list: to be drawn, or to be trained.
import { StudioError } from '../../src-shared/errors';
import type { RunRecord, RunSummary, StoredRun } from '../../src-shared/runs';
import { whyUnreadable } from './admit-run';
import { OtherVersion } from './newer-version';
import type { RunFolder } from './run-folder';
import { progressAt } from './run-progress';

/** Throws run-unreadable. */
export function readRecord(folder: RunFolder, summary: RunSummary): Promise<RunRecord> {
  return reading(folder, async () => ({ summary, ...(await folder.readRecord(summary.epochsTrained)) }));
}

/** All of it is of one epoch, also if run.json is older than the weights. Throws run-unreadable, and refused if this version cannot train it. */
export function readStoredRun(folder: RunFolder, run: RunSummary): Promise<StoredRun> {
  return reading(folder, async () => {
    if (run.untrainable !== undefined) throw new StudioError('refused', run.untrainable);
    const last = await folder.readLast();
    const { epoch } = last.position;
    const summary = { ...run, ...progressAt(run, last, await folder.readHistory(epoch)) };
    return { record: { summary, ...(await folder.readRecord(epoch)) }, resume: last.position, best: await folder.readBest(last.position) };
  });
}

async function reading<T>(folder: RunFolder, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StudioError && !(error instanceof OtherVersion)) throw error;
    throw new StudioError('run-unreadable', `The run could not be read: ${whyUnreadable(error)}. Its files are in “${folder.path}”.`);
  }
}
