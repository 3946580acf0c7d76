// What a run is called on screen. Pure.
import type { Run } from './training';

/** "#6": the same number wherever the run is named. */
export function runTitle({ number }: Pick<Run, 'number'>): string {
  return `#${number}`;
}
