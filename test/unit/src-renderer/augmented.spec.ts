import { describe, expect, it } from 'vitest';
import { MOST_PAIRS, pairLayout, pairsOf } from '../../../src-renderer/augmented';

it('takes each image and its original apart', () => {
  const images = { indices: Uint32Array.of(4, 9), originals: Uint8Array.of(1, 2, 3, 4), pixels: Uint8Array.of(5, 6, 7, 8) };
  expect(pairsOf(images, { rows: 1, columns: 2 })).toEqual([
    { index: 4, original: Uint8Array.of(1, 2), pixels: Uint8Array.of(5, 6) },
    { index: 9, original: Uint8Array.of(3, 4), pixels: Uint8Array.of(7, 8) },
  ]);
});

describe('the pairs on the screen', () => {
  it.each([[648, 340], [952, 570], [2200, 1200]] as const)('fill a room of %i × %i with full rows, in whole pixels', (width, height) => {
    const { columns, pairs, size, small } = pairLayout({ width, height }, 28, 28);
    expect(pairs % columns).toBe(0);
    expect(pairs).toBeGreaterThanOrEqual(15);
    expect(pairs).toBeLessThanOrEqual(MOST_PAIRS);
    expect([size, small].every(Number.isInteger)).toBe(true);
    expect(columns * (28 * (size + small) + 20) - 12).toBeLessThanOrEqual(width);
    expect((pairs / columns) * (28 * size + 12) - 12).toBeLessThanOrEqual(height);
  });

  it('grow with the room', () => {
    expect(pairLayout({ width: 2200, height: 1200 }, 28, 28).size).toBeGreaterThan(pairLayout({ width: 648, height: 340 }, 28, 28).size);
  });

  it('are at least one where there is no room yet', () => {
    expect(pairLayout({ width: 0, height: 0 }, 28, 28)).toMatchObject({ columns: 1, pairs: 1 });
  });
});
