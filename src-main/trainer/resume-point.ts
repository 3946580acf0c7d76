// All that a run goes on from, gathered at the end of an epoch, or before the first.
import type { ResumePoint } from '../../src-shared/runs';
import type { BestEpoch } from './best-epoch';
import type { EngineState } from './engine/engine';
import type { EpochInFlight } from './epoch-in-flight';
import type { EpochOrders } from './epoch-orders';
import type { RunPlan } from './run-plan';

interface RunParts {
  epoch: EpochInFlight;
  plan: RunPlan;
  orders: EpochOrders;
  best: BestEpoch;
}

export function resumePoint(state: EngineState, { epoch, plan, orders, best }: RunParts, restored?: number): ResumePoint {
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
