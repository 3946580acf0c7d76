// Changes of a run that is training which are not on disk yet, because another program has one of its files open.
import type { EngineDetails } from '../../src-shared/runs/engine-details';
import type { ResumePoint, RunEnvironment, RunSummary } from '../../src-shared/runs/runs';
import type { RunJson } from './run-json';
import { mergeEpochs, type WaitingEpochs } from './waiting-epochs';

/** Changes of run.json. */
export type RunChange = {
  [K in 'name' | 'star' | 'notes' | 'status' | 'message' | 'epochs' | 'changes' | 'result']?: RunJson[K] | undefined;
};

export interface Unwritten {
  epochs?: WaitingEpochs | undefined;
  /** The position after the epochs, if it is not the end of the newest: the best weights were restored. */
  position?: ResumePoint | undefined;
  change: RunChange;
}

/** Merges changes, so that the weights of at most three positions are in memory, however much waits. */
export function addUnwritten(earlier: Unwritten | undefined, later: Unwritten): Unwritten {
  if (!earlier) return later;
  const epochs = later.epochs ? mergeEpochs(earlier.epochs, later.epochs) : earlier.epochs;
  // If an epoch ended after the best weights were restored, the run was extended, and that epoch is its position.
  const position = later.position ?? (later.epochs ? undefined : earlier.position);
  return {
    epochs,
    position,
    change: { ...earlier.change, ...(later.epochs && { result: undefined }), ...later.change },
  };
}

/** The run once these epochs are on the disk. */
export function afterEpochs(
  run: RunSummary,
  { lines, newest: { result, changes, resume, engine } }: WaitingEpochs,
): RunSummary {
  const seconds = lines.reduce((sum, line) => sum + line.result.seconds, run.seconds);
  return {
    ...run,
    result,
    changes,
    epochs: resume.epochs,
    epochsTrained: result.epoch,
    seconds,
    environment: withEngine(run.environment, engine),
  };
}

function withEngine(environment: RunEnvironment, engine: EngineDetails): RunEnvironment {
  const { engine: first, laterEngines = [] } = environment;
  const last = laterEngines.at(-1) ?? first;
  const same = last.name === engine.name && last.precision === engine.precision && last.simd === engine.simd;
  return same ? environment : { ...environment, laterEngines: [...laterEngines, engine] };
}
