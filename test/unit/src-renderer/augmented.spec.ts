import { describe, expect, it } from 'vitest';
import { pairLayout, PAIRS, pairsOf } from '../../../src-renderer/augmented';

it('takes each image and its original apart', () => {
  const images = { indices: Uint32Array.of(4, 9), originals: Uint8Array.of(1, 2, 3, 4), pixels: Uint8Array.of(5, 6, 7, 8) };
  expect(pairsOf(images, { rows: 1, columns: 2 })).toEqual([
    { index: 4, original: Uint8Array.of(1, 2), pixels: Uint8Array.of(5, 6) },
    { index: 9, original: Uint8Array.of(3, 4), pixels: Uint8Array.of(7, 8) },
  ]);
});

describe('the pairs on the screen', () => {
  it('stand in full rows, in whole pixels', () => {
    for (const [width, height] of [[648, 340], [952, 570], [2200, 1200], [0, 0]] as const) {
      const { columns, size, small } = pairLayout({ width, height }, 28, 28);
      expect(PAIRS % columns).toBe(0);
      expect([size, small].every(Number.isInteger)).toBe(true);
    }
  });

  it('grow with the room and fit into it', () => {
    const small = pairLayout({ width: 648, height: 340 }, 28, 28);
    const large = pairLayout({ width: 2200, height: 1200 }, 28, 28);
    expect(large.size).toBeGreaterThan(small.size);
    expect((PAIRS / large.columns) * (28 * large.size + 12)).toBeLessThanOrEqual(1212);
  });
});
