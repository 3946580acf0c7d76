// The first layer's weights, epoch by epoch, as many as memory allows.
import type { WeightFrame } from './shown';

/** Bytes of pictures that are kept in all. */
const MOST_BYTES = 2 ** 26;

/** Adds a frame; where there would be too many, every second one goes, but never the first and the new one. */
export function addFrame(frames: readonly WeightFrame[], frame: WeightFrame, mostBytes = MOST_BYTES): WeightFrame[] {
  const all = [...frames.filter(({ epoch }) => epoch !== frame.epoch), frame];
  if (all.length * frame.pictures.pixels.length <= mostBytes) return all;
  return all.filter((_, index) => index % 2 === 0 || index === all.length - 1);
}
