// Two runs on one slider over their epochs. Pure.
import type { WeightFrame } from '../../src-shared/runs/frames';
import type { EpochResult } from '../../src-shared/runs/score';
import { shownResult, type Run } from '../client/training';

type Replayed = Pick<Run, 'frames' | 'results' | 'kept'>;

/** The positions of the slider before the last one, which stands for the end of each run: epochs with weights. */
export function sharedEpochs(runs: readonly Replayed[]): { epoch: number }[] {
  const epochs = new Set(runs.flatMap(({ frames }) => frames.map(({ epoch }) => epoch)));
  return [...epochs]
    .sort((a, b) => a - b)
    .slice(0, -1)
    .map((epoch) => ({ epoch }));
}

/** The position that shows an epoch, or the nearest one before it: epochs can be dropped while a run goes on. */
export function positionOf(epoch: number | undefined, epochs: readonly { epoch: number }[]): number {
  if (epoch === undefined) return epochs.length;
  return Math.max(0, epochs.filter((one) => one.epoch <= epoch).length - 1);
}

/**
 * A run at an epoch. One that has not come so far, or ended before, shows its last.
 * @param epoch undefined for the end of the run: its newest epoch, or that whose weights were restored
 */
export function atEpoch(
  run: Replayed,
  epoch: number | undefined,
): { frame: WeightFrame | undefined; result: EpochResult | undefined } {
  const last = epoch ?? run.kept ?? Infinity;
  return {
    frame: run.frames.filter((frame) => frame.epoch <= last).at(-1),
    result: epoch === undefined ? shownResult(run) : run.results.filter((result) => result.epoch <= last).at(-1),
  };
}

/** One colour scale for all pictures, so that runs and epochs can be compared. */
export function sharedLimit(runs: readonly Replayed[]): number {
  return runs.flatMap(({ frames }) => frames).reduce((most, { pictures }) => Math.max(most, pictures.limit), 0);
}
