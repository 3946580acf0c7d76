// The runs that are chosen to be compared, each with the place that gives it its colour and number. Pure.
import type { RunId } from '../../src-shared/runs/runs';

/** As many as there are colours that can be told apart. */
export const MOST_CHOSEN = 10;

export interface ChosenRun {
  id: RunId;
  /** 0 for the first colour; stays with the run for as long as it is chosen. */
  slot: number;
}

/**
 * Takes a run out, or puts it in with the first colour that is free.
 * @returns undefined where there are as many as can be
 */
export function toggled(chosen: readonly ChosenRun[], id: RunId): ChosenRun[] | undefined {
  if (chosen.some((run) => run.id === id)) return chosen.filter((run) => run.id !== id);
  if (chosen.length >= MOST_CHOSEN) return undefined;
  const slot = Array.from({ length: MOST_CHOSEN }, (_, place) => place).find((place) =>
    chosen.every((run) => run.slot !== place),
  )!;
  return [...chosen, { id, slot }];
}
