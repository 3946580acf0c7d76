// What a run in training has reported and the disk does not have yet, because another program has one of its files
// open.
import type { EngineDetails } from '../../src-shared/runs/engine-details';
import type { ResumePoint, RunEnvironment, RunSummary } from '../../src-shared/runs/runs';
import type { RunJson } from './run-json';
import { together, type WaitingEpochs } from './waiting-epochs';

/** Changes of run.json, for the function below. */
export type RunChange = {
  [K in 'name' | 'star' | 'notes' | 'status' | 'message' | 'epochs' | 'changes' | 'result']?: RunJson[K] | undefined;
};

export interface Unwritten {
  epochs?: WaitingEpochs | undefined;
  /** Where the run stands after the epochs, if that is not the end of the newest: the best weights were put back. */
  position?: ResumePoint | undefined;
  change: RunChange;
}

/** Holds the weights of three positions at most, however much is refused. */
export function addUnwritten(earlier: Unwritten | undefined, later: Unwritten): Unwritten {
  if (!earlier) return later;
  const epochs = later.epochs ? together(earlier.epochs, later.epochs) : earlier.epochs;
  // An epoch that ended after the best weights were put back: the run was extended, and stands there.
  const position = later.position ?? (later.epochs ? undefined : earlier.position);
  return {
    epochs,
    position,
    change: { ...earlier.change, ...(later.epochs && { result: undefined }), ...later.change },
  };
}

/** A run once these epochs are on the disk. */
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
