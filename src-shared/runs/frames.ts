// The first layer's weights, epoch by epoch, as many as memory allows.
import type { WeightFrame } from './shown';
import { addThinned } from './thin-history';

/** Bytes of pictures that are kept in all. */
const MOST_BYTES = 2 ** 24;
/** Of a small layer, whose frames would go on growing in number for thousands of epochs. */
const MOST_FRAMES = 300;

/** Adds a frame, in place of one of the same epoch. If there are too many, the history is thinned out evenly. */
export function addFrame(frames: readonly WeightFrame[], frame: WeightFrame, mostBytes = MOST_BYTES): WeightFrame[] {
  const others = frames.filter(({ epoch }) => epoch !== frame.epoch);
  return addThinned(
    others,
    [frame],
    Math.min(MOST_FRAMES, Math.floor(mostBytes / frame.pictures.pixels.length)),
    ({ epoch }) => epoch,
  );
}
