// The first layer's weights, epoch by epoch, as many as memory allows.
import type { WeightFrame } from './shown';

/** Bytes of pictures that are kept in all. */
const MOST_BYTES = 2 ** 26;

/** Adds a frame; while there are too many, the one goes whose neighbours are closest together, but never the first or the new one. */
export function addFrame(frames: readonly WeightFrame[], frame: WeightFrame, mostBytes = MOST_BYTES): WeightFrame[] {
  const all = [...frames.filter(({ epoch }) => epoch !== frame.epoch), frame];
  const most = Math.max(2, Math.floor(mostBytes / frame.pictures.pixels.length));
  while (all.length > most) all.splice(leastMissed(all), 1);
  return all;
}

function leastMissed(frames: readonly WeightFrame[]): number {
  const gap = (at: number): number => frames[at + 1]!.epoch - frames[at - 1]!.epoch;
  let least = 1;
  for (let at = 2; at < frames.length - 1; at++) if (gap(at) < gap(least)) least = at;
  return least;
}
