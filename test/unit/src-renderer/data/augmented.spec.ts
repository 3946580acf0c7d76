import { describe, expect, it } from 'vitest';
import { BETWEEN, pairLayout, PAIRS, pairsOf, seedOfTurn } from '../../../../src-renderer/data/augmented';

it('pairs each image with its original', () => {
  const images = {
    indices: Uint32Array.of(4, 9),
    originals: Uint8Array.of(1, 2, 3, 4),
    pixels: Uint8Array.of(5, 6, 7, 8),
  };
  expect(pairsOf(images, { rows: 1, columns: 2 })).toEqual([
    { index: 4, original: Uint8Array.of(1, 2), pixels: Uint8Array.of(5, 6) },
    { index: 9, original: Uint8Array.of(3, 4), pixels: Uint8Array.of(7, 8) },
  ]);
});

describe('the pairs on the screen', () => {
  const ROOMS = [
    [648, 420],
    [952, 575],
    [1300, 400],
    [2200, 1200],
    [500, 900],
  ] as const;

  it('fit into the space in full rows, in whole pixels', () => {
    for (const [width, height] of ROOMS) {
      const { columns, rows, size, small, gap } = pairLayout({ width, height }, 28, 28);
      expect(columns * rows).toBeGreaterThanOrEqual(10);
      expect(columns * rows).toBeLessThanOrEqual(PAIRS);
      expect([size, small].every(Number.isInteger)).toBe(true);
      expect(columns * 28 * size).toBeLessThanOrEqual(width);
      expect(rows * (28 * (size + small) + BETWEEN) + (rows - 1) * gap).toBeLessThanOrEqual(height);
    }
  });

  it('are ten large ones in a window of the usual size', () => {
    expect(pairLayout({ width: 952, height: 575 }, 28, 28)).toMatchObject({ columns: 5, rows: 2, size: 6, small: 3 });
    expect(pairLayout({ width: 648, height: 420 }, 28, 28)).toMatchObject({ columns: 5, rows: 2, size: 4 });
  });

  it('are more, not ever larger, in a large space', () => {
    const { columns, rows, size } = pairLayout({ width: 2200, height: 1200 }, 28, 28);
    expect(size).toBe(9);
    expect(columns * rows).toBe(PAIRS);
  });

  it('shrink if an image is larger than its place, and have a layout even without space', () => {
    expect(pairLayout({ width: 600, height: 400 }, 256, 256).size).toBeLessThan(1);
    expect(pairLayout({ width: 0, height: 0 }, 28, 28).columns).toBeGreaterThan(0);
  });
});

it('uses the seed of the settings first, then other valid seeds', () => {
  expect(seedOfTurn(1, 0)).toBe(1);
  expect(seedOfTurn(1, 3)).not.toBe(1);
  expect(seedOfTurn(4294967295, 1)).toBe(0);
});
