// Several runs as one curve: the same settings with other seeds, or one group; their mean and how far they lie apart.
// Pure.
import type { EpochResult } from '../../../src-shared/runs/score';
import type { RunRecord, RunSummary } from '../../../src-shared/runs/runs';
import type { CurvePoint } from '../../charts/curves';
import type { Measure } from '../../training';
import { recipeKey } from '../../settings';

/**
 * Each: every run its own curve. Seeds: those that differ in their seed alone together. Groups: those that were started
 * together.
 */
export type Gathering = 'each' | 'seeds' | 'groups';

/** Runs that stand together, in the order of their first ones; a run that belongs to no other stands alone. */
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

/** Of the curves at every epoch that all of them have. */
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

/** The training curve by epochs: the points of several runs lie at different places, their epochs do not. */
export function epochCurve({ history }: Pick<RunRecord, 'history'>, measure: Measure): CurvePoint[] {
  const key: keyof EpochResult = measure === 'loss' ? 'trainLoss' : 'trainAccuracy';
  return history.map((result) => ({ x: result.epoch, y: result[key] })).filter(({ y }) => Number.isFinite(y));
}
