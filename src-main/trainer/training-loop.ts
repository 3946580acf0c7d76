// Begins runs. What happens in one is in training-run.ts.
import { toFailure } from '../../src-shared/errors';
import type { Run } from './checkpoint';
import { checkFit } from './data/validation';
import { TrainingRun, type RunContext } from './training-run';

export type { RunContext } from './training-run';

/** Trains to the end, a stop or a failure: one of finished and failed is always the last event. Never throws. */
export async function trainRun(run: Run, context: RunContext): Promise<void> {
  const training = beginRun(run, context);
  await training?.train('end');
  training?.dispose();
}

/** @returns undefined where the run has failed before it began, and said so */
export function beginRun(run: Run, context: RunContext): TrainingRun | undefined {
  try {
    checkFit(run.settings, run.dataset.info);
    return new TrainingRun(run, context, context.createEngine({ dataset: run.dataset, settings: run.settings }));
  } catch (error) {
    context.emit({ kind: 'failed', run: run.run, error: toFailure(error) });
    context.report({ kind: 'ended', run: run.run, failed: true });
    return undefined;
  }
}
