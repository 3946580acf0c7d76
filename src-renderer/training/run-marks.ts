// What of a run is marked on its charts: what was changed on the way, and which epoch was the best by the validation
// images. Pure.
import { isBetter, type EpochResult } from '../../src-shared/runs/score';
import type { SettingsChange } from '../../src-shared/settings/settings';
import { formatUpTo } from '../ui/format';
import { changeLabel } from '../settings';
import type { ChangeMark } from '../charts/change-marks';

/**
 * Share of the axis within which changes are one mark: who moves a slider step by step makes many, and means the last.
 */
const CLOSE = 1 / 100;

interface MarkedRun {
  changes: readonly SettingsChange[];
  /** The epoch whose weights were put back. */
  kept: number | undefined;
  results: readonly Pick<EpochResult, 'epoch' | 'validation'>[];
}

/** @param epochs that the axis shows */
export function runMarks({ changes, kept, results }: MarkedRun, epochs: number): ChangeMark[] {
  const merged: SettingsChange[] = [];
  for (const change of changes) {
    const last = merged.at(-1);
    if (!last || change.epochs - last.epochs > epochs * CLOSE) merged.push(change);
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
      ? `epoch ${best} is the best so far by the validation images`
      : `the weights of epoch ${kept} were put back`;
  return [...marks, { x: best, text: 'best', says }].sort((a, b) => a.x - b.x);
}

/** As the trainer has it: the test images choose nothing. */
function bestEpoch(results: MarkedRun['results']): number | undefined {
  const judged = results.flatMap(({ epoch, validation }) => (validation ? [{ epoch, ...validation }] : []));
  return judged.reduce<(typeof judged)[number] | undefined>(
    (best, one) => (!best || isBetter(one, best) ? one : best),
    undefined,
  )?.epoch;
}
