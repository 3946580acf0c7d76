// What a run is called on screen: the same number and name wherever it appears. Pure.
import type { RunSummary } from '../../src-shared/runs/runs';
import type { Run } from './training';

/** "#6 · learning rate 0.01", for a stored run. */
export function storedTitle({ number, name }: Pick<RunSummary, 'number' | 'name'>): string {
  return `#${number} · ${name}`;
}

/** The same for a run on the page. */
export function runTitle({ stored }: Pick<Run, 'stored'>): string {
  return stored ? storedTitle(stored) : NOT_STORED;
}

/** "#6" */
export function runNumber({ stored }: Pick<Run, 'stored'>): string {
  return stored ? `#${stored.number}` : NOT_STORED;
}

/** A run that has just started, or that could not be saved. */
const NOT_STORED = 'this run';
