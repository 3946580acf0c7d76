// The speed at which the pictures of a run are replayed. Pure.

/** Duration of the whole replay, unless it has few pictures. */
const WHOLE_MS = 5000;
/** Slow enough to see what changes. */
const MAX_MS_PER_PICTURE = 350;

/**
 * Index of the picture to show, or `count` when the replay is over.
 * @param elapsed milliseconds since the first picture
 * @param count number of pictures
 */
export function replayAt(elapsed: number, count: number): number {
  const each = Math.min(MAX_MS_PER_PICTURE, WHOLE_MS / count);
  return Math.min(count, Math.floor(Math.max(0, elapsed) / each));
}
