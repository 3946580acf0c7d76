// What the page is told of a run that was kept, so that it shows what it would if the run had just come so far. Pure.
import type { RunEvent } from '../../../src-shared/contract';
import type { EngineDetails } from '../../../src-shared/runs/engine-details';
import type { TestPredictions } from '../../../src-shared/runs/predictions';
import type { FinishReason } from '../../../src-shared/runs/progress';
import type { ResumePoint, RunRecord, RunStatus } from '../../../src-shared/runs/runs';

interface StoredShown {
  run: number;
  sizes: number[];
  engine: EngineDetails;
  record: RunRecord;
  resume: ResumePoint;
}

const NONE: TestPredictions = {
  predicted: new Uint16Array(),
  confidence: new Float32Array(),
  probabilities: new Float32Array(),
};

/**
 * From the beginning to the last epoch. Predictions are not among them: those of the present weights are made anew, and
 * the others were not kept.
 */
export function storedEvents({ run, sizes, engine, record: { summary, history }, resume }: StoredShown): RunEvent[] {
  const { settings, changes } = summary;
  const events: RunEvent[] = [{ kind: 'started', run, settings, sizes, engine, scheduleStart: resume.scheduleStart }];
  if (resume.epochs !== settings.epochs) events.push({ kind: 'extended', run, epochs: resume.epochs });
  for (const change of changes) events.push({ kind: 'changed', run, change });
  for (const result of history) events.push({ kind: 'epoch', run, result, predictions: NONE });
  if (resume.restored !== undefined) events.push({ kind: 'restored', run, epoch: resume.restored, predictions: NONE });
  return events;
}

/** How a run that is over is said to have ended; one that was cut off has stopped. */
export function finishOf(status: RunStatus): FinishReason {
  return status === 'completed' || status === 'early' ? status : 'stopped';
}
