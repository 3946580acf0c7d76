// What the cells of every row of the list are given.
import type { RunSummary } from '../../src-shared/runs/runs';

export interface RunCellsProps {
  runs: readonly RunSummary[];
  /** Colours of those that are chosen. */
  slots: readonly number[];
  /** Milliseconds since 1970. */
  now: number;
  onchoose: () => void;
  onstar: () => void;
}
