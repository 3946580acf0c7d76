import { describe, expect, it } from 'vitest';
import { colorize, divergingPalette, inkPalette, paintWeights } from '../../../../src-renderer/charts/color-scale';

describe('colours of weights', () => {
  const palette = divergingPalette([0, 0, 200], [250, 250, 250], [200, 0, 0]);
  const colorOf = (value: number): number[] => [...colorize(Int8Array.of(value), palette, 128)];

  it('are the paper at zero', () => {
    expect(colorOf(0)).toEqual([250, 250, 250, 255]);
  });

  it('are the two ends at the two limits', () => {
    expect(colorOf(-127)).toEqual([0, 0, 200, 255]);
    expect(colorOf(127)).toEqual([200, 0, 0, 255]);
    expect(colorOf(-128)).toEqual(colorOf(-127));
  });

  it('grow evenly in between', () => {
    expect(colorOf(64)[1]).toBe(Math.round(250 - 250 * (64 / 127)));
  });
});

it('draws digits as ink whose opacity is the pixel', () => {
  expect([...colorize(Uint8Array.of(0, 200), inkPalette([1, 2, 3]), 0)]).toEqual([1, 2, 3, 0, 1, 2, 3, 200]);
});

describe('a picture of weights on a large image', () => {
  // Each colour is the value itself.
  const palette = new Uint8ClampedArray(new Uint32Array(256).map((_, index) => index).buffer);
  const value = (weight: number): number => weight + 128;

  it('has each weight as a square, and leaves the rest alone', () => {
    const image = new Uint32Array(6 * 5);
    paintWeights(image, 6, { x: 1, y: 1, width: 4, height: 4 }, Int8Array.of(-127, 5, 0, 127), 2, palette);
    const [a, b, c, d] = [-127, 5, 0, 127].map(value) as [number, number, number, number];
    const rows = Array.from({ length: 5 }, (_, row) => [...image.subarray(6 * row, 6 * (row + 1))]);
    expect(rows).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0, a, a, b, b, 0],
      [0, a, a, b, b, 0],
      [0, c, c, d, d, 0],
      [0, c, c, d, d, 0],
    ]);
  });

  it('has the mean of a square of weights if there are more weights than pixels', () => {
    const image = new Uint32Array(2);
    paintWeights(
      image,
      2,
      { x: 0, y: 0, width: 2, height: 1 },
      Int8Array.of(10, 20, -4, -4, 30, 40, -4, -8),
      4,
      palette,
    );
    expect([...image]).toEqual([value(25), value(-5)]);
  });
});
