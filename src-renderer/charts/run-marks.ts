// What of a run is marked on its charts: what was changed on the way, and which epoch's weights were put back. Pure.
import type { SettingsChange } from '../../src-shared/contract';
import { changeLabel } from '../live-settings';
import type { ChangeMark } from './change-marks';

/** Share of the axis within which changes are one mark: who moves a slider step by step makes many, and means the last. */
const CLOSE = 1 / 100;

interface MarkedRun {
  changes: readonly SettingsChange[];
  kept: number | undefined;
}

/** @param epochs that the axis shows */
export function runMarks({ changes, kept }: MarkedRun, epochs: number): ChangeMark[] {
  const merged: SettingsChange[] = [];
  for (const change of changes) {
    const last = merged.at(-1);
    if (!last || change.epochs - last.epochs > epochs * CLOSE) merged.push(change);
    else merged[merged.length - 1] = { ...change, epochs: last.epochs, changes: { ...last.changes, ...change.changes } };
  }
  const marks = merged.map((change): ChangeMark => {
    const text = changeLabel(change);
    return { x: change.epochs, text, says: `${text} from epoch ${Number(change.epochs.toFixed(1))} on` };
  });
  if (kept === undefined) return marks;
  return [...marks, { x: kept, text: 'best', says: `the weights of epoch ${kept} were put back` }].sort((a, b) => a.x - b.x);
}
