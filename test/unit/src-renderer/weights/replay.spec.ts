import { expect, it } from 'vitest';
import { replayAt } from '../../../../src-renderer/weights/replay';

it('a replay of many pictures takes five seconds, one of few is slow enough to see, and it ends at the last', () => {
  expect([0, 349, 350, 700, 9999].map((elapsed) => replayAt(elapsed, 2))).toEqual([0, 0, 1, 2, 2]);
  expect([2500, 4999, 5001].map((elapsed) => replayAt(elapsed, 100))).toEqual([50, 99, 100]);
});
