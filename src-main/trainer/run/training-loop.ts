// Creates runs, and trains a whole run without a page. See training-run.ts for what happens in a run.
import type { LayerState } from '../../../src-shared/networks/layers';
import { toFailure } from '../../../src-shared/errors';
import type { StoredRun } from '../../../src-shared/runs/runs';
import type { RunIdentity } from './checkpoint';
import { checkFit } from '../data/split/validation';
import { engineStateOf } from './resume-point';
import type { RunContext } from './run-context';
import { TrainingRun } from './training-run';

/** Trains to the end, a stop or a failure. The last event is always `finished` or `failed`. Never throws. */
export async function trainRun(run: RunIdentity, context: RunContext): Promise<void> {
  const training = beginRun(run, context);
  await training?.train('end');
  training?.dispose();
}

/** What a run begins with instead of random weights. */
export interface Beginning {
  /** Weights only: the optimizer starts without moments. */
  start?: LayerState[] | undefined;
  /** A run to show and resume. */
  stored?: StoredRun | undefined;
}

/** @returns undefined if the run could not be created; it has then emitted and reported its failure */
export function beginRun(
  run: RunIdentity,
  context: RunContext,
  { start, stored }: Beginning = {},
): TrainingRun | undefined {
  try {
    checkFit(run.settings, run.dataset.info);
    // The engine's memory layout must fit the settings after all changes.
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
