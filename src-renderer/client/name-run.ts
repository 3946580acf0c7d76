// Gives runs on the page the number and name that they have on the disk. Pure.
import type { StoredName } from '../../src-shared/runs/runs';
import type { Run, TrainingState } from './training';

/** Names that are remembered. */
const MOST_NAMES = 10;

/** A run has been stored or renamed. @param session its number in this session */
export function nameRun(state: TrainingState, session: number, { id, number, name }: StoredName): TrainingState {
  const stored = { id, number, name };
  const named = (run: Run | undefined): Run | undefined => (run?.number === session ? { ...run, stored } : run);
  const others = state.names.filter(([other]) => other !== session).slice(1 - MOST_NAMES);
  return { ...state, names: [...others, [session, stored]], run: named(state.run), previous: named(state.previous) };
}
