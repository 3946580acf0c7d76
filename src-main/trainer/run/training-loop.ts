// Begins runs. What happens in one is in training-run.ts.
import { toFailure } from '../../../src-shared/errors';
import type { LayerState } from '../../../src-shared/networks/layers';
import type { StoredRun } from '../../../src-shared/runs/runs';
import type { Run } from './checkpoint';
import { checkFit } from '../data/split/validation';
import { engineStateOf } from './resume-point';
import { TrainingRun, type RunContext } from './training-run';

export type { RunContext } from './training-run';

/** Trains to the end, a stop or a failure: one of finished and failed is always the last event. Never throws. */
export async function trainRun(run: Run, context: RunContext): Promise<void> {
  const training = beginRun(run, context);
  await training?.train('end');
  training?.dispose();
}

/** What a run can begin with instead of random weights. */
export interface Beginning {
  /** Weights; the optimizer remembers nothing yet. */
  start?: LayerState[] | undefined;
  /** A run that was kept, to be shown and gone on with. */
  stored?: StoredRun | undefined;
}

/** @returns undefined where the run has failed before it began, and said so */
export function beginRun(run: Run, context: RunContext, { start, stored }: Beginning = {}): TrainingRun | undefined {
  try {
    checkFit(run.settings, run.dataset.info);
    // As the settings stand after changes: the engine is laid out for them.
    const settings = stored?.resume.settings ?? run.settings;
    const state = stored ? engineStateOf(stored) : start && { layers: start, moments: [], updates: 0 };
    return new TrainingRun(run, context, context.createEngine({ dataset: run.dataset, settings, state }), stored);
  } catch (error) {
    const failure = toFailure(error);
    context.emit({ kind: 'failed', run: run.run, error: failure });
    context.report({ kind: 'ended', run: run.run, reason: 'failed', message: failure.message });
    return undefined;
  }
}
