// Reads a run of the list, to draw it or to train it.
import { StudioError } from '../../src-shared/errors';
import type { ResumePoint, RunRecord, RunSummary, StoredRun } from '../../src-shared/runs/runs';
import { whyUnreadable } from './admit-run';
import { OtherVersion } from './newer-version';
import type { RunFolder } from './run-folder';
import { progressAt } from './run-progress';

/** Throws run-unreadable. */
export function readRecord(folder: RunFolder, summary: RunSummary): Promise<RunRecord> {
  return withReason(folder, async () => ({ summary, ...(await folder.readRecord(summary.epochsTrained)) }));
}

/** All that training resumes from, of a single epoch. Throws as readPosition does. */
export function readStoredRun(folder: RunFolder, run: RunSummary): Promise<StoredRun> {
  return withReason(folder, async () => {
    const { summary, resume } = await positionOf(folder, run);
    return {
      record: { summary, ...(await folder.readRecord(resume.epoch)) },
      resume,
      best: await folder.readBest(resume),
    };
  });
}

export interface RunPosition {
  /** Describes the epoch of the weights, even if run.json is older. */
  summary: RunSummary;
  resume: ResumePoint;
}

/**
 * Reads the last weights, without the best ones and the curves. Throws run-unreadable, and refused if this version
 * cannot train the run.
 */
export function readPosition(folder: RunFolder, run: RunSummary): Promise<RunPosition> {
  return withReason(folder, () => positionOf(folder, run));
}

async function positionOf(folder: RunFolder, run: RunSummary): Promise<RunPosition> {
  if (run.untrainable !== undefined) throw new StudioError('refused', run.untrainable);
  const last = await folder.readLast();
  const lines = await folder.readHistory(last.position.epoch);
  return { summary: { ...run, ...progressAt(run, last, lines) }, resume: last.position };
}

async function withReason<T>(folder: RunFolder, read: () => Promise<T>): Promise<T> {
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
