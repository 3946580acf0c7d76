// Groups runs to draw several as one curve, and computes the curves' mean and spread. Pure.
import type { EpochResult } from '../../../src-shared/runs/score';
import type { RunRecord, RunSummary } from '../../../src-shared/runs/runs';
import type { CurvePoint } from '../../charts/curves';
import type { Measure } from '../../training';
import { recipeKey } from '../../settings';

/**
 * Which runs are drawn as one curve. Each: none. Seeds: those that differ only in their seed. Groups: those that were
 * started together.
 */
export type Gathering = 'each' | 'seeds' | 'groups';

/** @returns the runs of each curve, in the order of first appearance */
export function gatherRuns<Item>(
  items: readonly Item[],
  how: Gathering,
  summaryOf: (item: Item) => RunSummary,
): Item[][] {
  const gathered = new Map<string, Item[]>();
  for (const item of items) {
    const run = summaryOf(item);
    const key = how === 'seeds' ? recipeKey(run) : how === 'groups' && run.group ? run.group.id : run.id;
    gathered.set(key, [...(gathered.get(key) ?? []), item]);
  }
  return [...gathered.values()];
}

export interface SpreadPoint {
  x: number;
  mean: number;
  min: number;
  max: number;
}

/** The mean, minimum and maximum of several curves at each epoch that all of them have. */
export function spreadOf(curves: readonly (readonly CurvePoint[])[]): SpreadPoint[] {
  const [first = [], ...others] = curves.map((points) => new Map(points.map(({ x, y }) => [x, y])));
  const spread: SpreadPoint[] = [];
  for (const [x, y] of first) {
    const values = [y, ...others.flatMap((curve) => (curve as Map<number, number>).get(x) ?? [])];
    if (values.length < curves.length) continue;
    spread.push({
      x,
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      min: Math.min(...values),
      max: Math.max(...values),
    });
  }
  return spread;
}

/** A training curve with one point per epoch, so that those of several runs can be averaged. */
export function epochCurve({ history }: Pick<RunRecord, 'history'>, measure: Measure): CurvePoint[] {
  const key: keyof EpochResult = measure === 'loss' ? 'trainLoss' : 'trainAccuracy';
  return history.map((result) => ({ x: result.epoch, y: result[key] })).filter(({ y }) => Number.isFinite(y));
}
