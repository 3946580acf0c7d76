// The state from which a run can be resumed: at the end of an epoch, or before the first.
import type { ResumePoint, StoredRun } from '../../../src-shared/runs/runs';
import type { BestEpoch } from './best-epoch';
import type { EngineState } from '../engine/engine';
import type { CurrentEpoch } from './current-epoch';
import type { Permutations } from './permutations';
import type { RunPlan } from './run-plan';

interface ResumableState {
  epoch: CurrentEpoch;
  plan: RunPlan;
  permutations: Permutations;
  best: BestEpoch;
}

/** @param restored number of the epoch whose weights were restored */
export function resumePoint(
  engineState: EngineState,
  { epoch, plan, permutations, best }: ResumableState,
  restored?: number,
): ResumePoint {
  return {
    ...engineState,
    epoch: epoch.done ? epoch.number : epoch.number - 1,
    order: epoch.done ? permutations.state : permutations.stateBefore,
    settings: plan.settings,
    epochs: plan.epochs,
    scheduleStart: plan.start,
    best: best.state,
    restored,
  };
}

/**
 * The state that an engine resumes from. Version 0.1 did not store the product of the momenta: it is computed from the
 * changes.
 */
export function engineStateOf({ resume, record: { summary } }: StoredRun): EngineState {
  if (resume.momentumProduct !== undefined) return resume;
  let product = 1;
  let { momentum } = summary.settings;
  let updates = 0;
  for (const { update, changes } of summary.changes) {
    if (changes.momentum === undefined || update > resume.updates) continue;
    product *= momentum ** (update - updates);
    [momentum, updates] = [changes.momentum, update];
  }
  return { ...resume, momentumProduct: product * momentum ** (resume.updates - updates) };
}
