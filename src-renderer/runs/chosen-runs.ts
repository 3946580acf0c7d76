// The runs chosen for comparison, each with a slot that gives it its colour and number. Pure.
import type { RunId } from '../../src-shared/runs/runs';

/** The number of colours that can be told apart. */
export const MOST_CHOSEN = 10;

export interface ChosenRun {
  id: RunId;
  /** 0 for the first colour. It stays the same as long as the run is chosen. */
  slot: number;
}

/**
 * Removes a run, or adds it with the first free slot.
 * @returns undefined if all slots are taken
 */
export function toggled(chosen: readonly ChosenRun[], id: RunId): ChosenRun[] | undefined {
  if (chosen.some((run) => run.id === id)) return chosen.filter((run) => run.id !== id);
  if (chosen.length >= MOST_CHOSEN) return undefined;
  const slot = Array.from({ length: MOST_CHOSEN }, (_, index) => index).find((free) =>
    chosen.every((run) => run.slot !== free),
  )!;
  return [...chosen, { id, slot }];
}
