// All that a run goes on from, gathered at the end of an epoch, or before the first.
import type { ResumePoint, StoredRun } from '../../../src-shared/runs/runs';
import type { BestEpoch } from './best-epoch';
import type { EngineState } from '../engine/engine';
import type { CurrentEpoch } from './current-epoch';
import type { EpochOrders } from './permutations';
import type { RunPlan } from './run-plan';

interface RunParts {
  epoch: CurrentEpoch;
  plan: RunPlan;
  orders: EpochOrders;
  best: BestEpoch;
}

export function resumePoint(
  state: EngineState,
  { epoch, plan, orders, best }: RunParts,
  restored?: number,
): ResumePoint {
  return {
    ...state,
    epoch: epoch.done ? epoch.number : epoch.number - 1,
    order: epoch.done ? orders.state : orders.stateBefore,
    settings: plan.settings,
    epochs: plan.epochs,
    scheduleStart: plan.start,
    best: best.state,
    restored,
  };
}

/** What an engine goes on from. Earlier versions did not store the product of the momenta; the changes tell it. */
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
