// The marks on a run's charts: changes of settings, and the best epoch by the validation images. Pure.
import type { SettingsChange } from '../../src-shared/settings/settings';
import { type EpochResult, isBetter } from '../../src-shared/runs/score';
import { formatUpTo } from '../ui/format';
import { changeLabel } from '../settings';
import type { ChangeMark } from '../charts/change-marks';

/** Changes within this share of the axis are merged: moving a slider makes many changes, of which the last counts. */
const MERGED_SHARE = 1 / 100;

interface MarkedRun {
  changes: readonly SettingsChange[];
  /** The epoch whose weights were restored, if any. */
  kept: number | undefined;
  results: readonly Pick<EpochResult, 'epoch' | 'validation'>[];
}

/** @param epochs that the axis shows */
export function runMarks({ changes, kept, results }: MarkedRun, epochs: number): ChangeMark[] {
  const merged: SettingsChange[] = [];
  for (const change of changes) {
    const last = merged.at(-1);
    if (!last || change.epochs - last.epochs > epochs * MERGED_SHARE) merged.push(change);
    else
      merged[merged.length - 1] = { ...change, epochs: last.epochs, changes: { ...last.changes, ...change.changes } };
  }
  const marks = merged.map((change): ChangeMark => {
    const text = changeLabel(change);
    return { x: change.epochs, text, says: `${text} from epoch ${formatUpTo(change.epochs, 1)} on` };
  });
  const best = kept ?? bestEpoch(results);
  if (best === undefined) return marks;
  const says =
    kept === undefined
      ? `epoch ${best} is the best so far on the validation images`
      : `the weights of epoch ${kept} were restored`;
  return [...marks, { x: best, text: 'best', says }].sort((a, b) => a.x - b.x);
}

/** The same choice as the trainer's, which never depends on the test images. */
function bestEpoch(results: MarkedRun['results']): number | undefined {
  const validated = results.flatMap(({ epoch, validation }) => (validation ? [{ epoch, ...validation }] : []));
  return validated.reduce<(typeof validated)[number] | undefined>(
    (best, one) => (!best || isBetter(one, best) ? one : best),
    undefined,
  )?.epoch;
}
