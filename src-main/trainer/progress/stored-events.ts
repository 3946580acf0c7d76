// The events that show a stored run to the page as if it had just been trained. Pure functions.
import type { TestPredictions } from '../../../src-shared/runs/predictions';
import type { FinishReason } from '../../../src-shared/runs/progress';
import type { EngineDetails } from '../../../src-shared/runs/engine-details';
import type { RunEvent } from '../../../src-shared/contract';
import type { ResumePoint, RunRecord, RunStatus } from '../../../src-shared/runs/runs';

interface StoredProgress {
  run: number;
  /** Units of every layer. */
  sizes: number[];
  engine: EngineDetails;
  record: RunRecord;
  resume: ResumePoint;
}

export const NO_PREDICTIONS: TestPredictions = {
  predicted: new Uint16Array(),
  confidence: new Float32Array(),
  probabilities: new Float32Array(),
};

/**
 * Replays the run from its beginning to its last epoch, without predictions: those of the current weights are computed
 * again, and those of earlier epochs were not stored.
 */
export function storedEvents({ run, sizes, engine, record: { summary, history }, resume }: StoredProgress): RunEvent[] {
  const { settings, changes } = summary;
  const events: RunEvent[] = [{ kind: 'started', run, settings, sizes, engine, scheduleStart: resume.scheduleStart }];
  if (resume.epochs !== settings.epochs) events.push({ kind: 'extended', run, epochs: resume.epochs });
  for (const change of changes) events.push({ kind: 'changed', run, change });
  for (const result of history) events.push({ kind: 'epoch', run, result, predictions: NO_PREDICTIONS });
  if (resume.restored !== undefined)
    events.push({ kind: 'restored', run, epoch: resume.restored, predictions: NO_PREDICTIONS });
  return events;
}

/** How a stored run ended. A run that was cut off counts as stopped. */
export function finishOf(status: RunStatus): FinishReason {
  return status === 'completed' || status === 'early' ? status : 'stopped';
}
