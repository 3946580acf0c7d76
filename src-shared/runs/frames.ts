// The first layer's weights, epoch by epoch, as many as memory allows.
import { addThinned } from './thin-history';
import type { WeightPictures } from './weight-pictures';

/** The first layer at the end of an epoch; epoch 0 has the initial weights. */
export interface WeightFrame {
  epoch: number;
  pictures: WeightPictures;
}

/** Limit for the pictures of all frames together. */
const MOST_BYTES = 2 ** 24;
/** Limit for a small layer, which would otherwise collect thousands of frames. */
const MOST_FRAMES = 300;

/** Adds a frame, or replaces that of the same epoch. If there are too many, the history is thinned out evenly. */
export function addFrame(frames: readonly WeightFrame[], frame: WeightFrame, mostBytes = MOST_BYTES): WeightFrame[] {
  const others = frames.filter(({ epoch }) => epoch !== frame.epoch);
  return addThinned(
    others,
    [frame],
    Math.min(MOST_FRAMES, Math.floor(mostBytes / frame.pictures.pixels.length)),
    ({ epoch }) => epoch,
  );
}
