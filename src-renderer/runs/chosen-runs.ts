// The runs chosen for comparison, each with a slot that gives it its colour and mark. Pure.
import type { RunId } from '../../src-shared/runs/runs';

/** The number of colours that can be told apart. */
export const MOST_CHOSEN = 10;

export interface ChosenRun {
  id: RunId;
  /** Index of its colour, which stays the same as long as the run is chosen. */
  slot: number;
}

/** The colours in the order in which they are given: those of the first few runs differ most, in either theme. */
const SLOTS: readonly number[] = [1, 5, 7, 2, 8, 4, 0, 3, 6, 9];

/** A second sign beside the colour, by slot: colours that could be confused have different ones. */
export const MARKS = '◆●◆■●■◆▲■▲';

/** Chooses all of these runs, or none of them if all were chosen. @returns undefined if there are too few slots */
export function toggledAll(chosen: readonly ChosenRun[], ids: readonly RunId[]): readonly ChosenRun[] | undefined {
  const isChosen = (id: RunId): boolean => chosen.some((run) => run.id === id);
  if (ids.every(isChosen)) return chosen.filter(({ id }) => !ids.includes(id));
  return ids
    .filter((id) => !isChosen(id))
    .reduce<readonly ChosenRun[] | undefined>((all, id) => all && toggled(all, id), chosen);
}

/**
 * Removes a run, or adds it with the first free slot.
 * @returns undefined if all slots are taken
 */
export function toggled(chosen: readonly ChosenRun[], id: RunId): ChosenRun[] | undefined {
  if (chosen.some((run) => run.id === id)) return chosen.filter((run) => run.id !== id);
  if (chosen.length >= MOST_CHOSEN) return undefined;
  const slot = SLOTS.find((free) => chosen.every((run) => run.slot !== free))!;
  return [...chosen, { id, slot }];
}
