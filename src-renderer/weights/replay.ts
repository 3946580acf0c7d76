// How fast the pictures of a run are played. Pure.

/**
 * The whole of a run takes about this long, but no picture longer than the second, which is slow enough to see what
 * changes.
 */
const WHOLE_MS = 5000;
const MOST_MS_A_PICTURE = 350;

/**
 * Which of `count` pictures is shown so long after the first, from 0; `count` means that all have been shown.
 * @param elapsed milliseconds
 */
export function replayAt(elapsed: number, count: number): number {
  const each = Math.min(MOST_MS_A_PICTURE, WHOLE_MS / count);
  return Math.min(count, Math.floor(Math.max(0, elapsed) / each));
}
