// Reads a run that is in the list: to be drawn, or to be trained.
import { StudioError } from '../../src-shared/errors';
import type { ResumePoint, RunRecord, RunSummary, StoredRun } from '../../src-shared/runs/runs';
import { whyUnreadable } from './admit-run';
import { OtherVersion } from './newer-version';
import type { RunFolder } from './run-folder';
import { progressAt } from './run-progress';

/** Throws run-unreadable. */
export function readRecord(folder: RunFolder, summary: RunSummary): Promise<RunRecord> {
  return reading(folder, async () => ({ summary, ...(await folder.readRecord(summary.epochsTrained)) }));
}

/** What training goes on with. All of it is of one epoch. Throws as readPosition does. */
export function readStoredRun(folder: RunFolder, run: RunSummary): Promise<StoredRun> {
  return reading(folder, async () => {
    const { summary, resume } = await positionOf(folder, run);
    return {
      record: { summary, ...(await folder.readRecord(resume.epoch)) },
      resume,
      best: await folder.readBest(resume),
    };
  });
}

export interface RunPosition {
  /** Of the epoch of the weights, also if run.json is older. */
  summary: RunSummary;
  resume: ResumePoint;
}

/**
 * The weights that count, without the best ones and what is drawn. Throws run-unreadable, and refused if this version
 * cannot train it.
 */
export function readPosition(folder: RunFolder, run: RunSummary): Promise<RunPosition> {
  return reading(folder, () => positionOf(folder, run));
}

async function positionOf(folder: RunFolder, run: RunSummary): Promise<RunPosition> {
  if (run.untrainable !== undefined) throw new StudioError('refused', run.untrainable);
  const last = await folder.readLast();
  const lines = await folder.readHistory(last.position.epoch);
  return { summary: { ...run, ...progressAt(run, last, lines) }, resume: last.position };
}

async function reading<T>(folder: RunFolder, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StudioError && !(error instanceof OtherVersion)) throw error;
    throw new StudioError(
      'run-unreadable',
      `The run could not be read: ${whyUnreadable(error)}. Its files are in “${folder.path}”.`,
    );
  }
}
