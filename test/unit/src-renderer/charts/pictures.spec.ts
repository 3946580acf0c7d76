import { describe, expect, it } from 'vitest';
import { colorize, divergingPalette, inkPalette, paintWeights } from '../../../../src-renderer/charts/color-scale';
import { evenScale, gridOfAll, gridThatFits, pictureAt } from '../../../../src-renderer/charts/picture-grid';

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
    expect([...image]).toEqual([
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      a,
      a,
      b,
      b,
      0,
      0,
      a,
      a,
      b,
      b,
      0,
      0,
      c,
      c,
      d,
      d,
      0,
      0,
      c,
      c,
      d,
      d,
      0,
    ]);
  });

  it('has the mean of a square of weights where there are more of them than pixels', () => {
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

it('scales all pixels of an image alike, larger or smaller', () => {
  expect([evenScale(84, 28), evenScale(83, 28), evenScale(28, 28)]).toEqual([3, 2, 1]);
  expect([evenScale(27, 28), evenScale(64, 256), evenScale(-5, 4)]).toEqual([1 / 2, 1 / 4, 1 / 4]);
});

describe('a grid of pictures', () => {
  const room = { width: 600, height: 400, ratio: 1 };

  it('shows few pictures large and many small', () => {
    expect(gridOfAll(4, 28, 28, room).scale).toBeGreaterThan(gridOfAll(64, 28, 28, room).scale);
  });

  it.each([1, 2, 3, 256])('lies in blocks of pixels, which a canvas need not draw one by one: %i pictures', (count) => {
    for (const size of [28, 17]) {
      const { scale, block, pictureWidth, pictureHeight, stepX, stepY } = gridOfAll(count, size, size, {
        ...room,
        ratio: 1.5,
      });
      expect(block).toBe(scale % 2 === 0 ? 2 : 1);
      for (const length of [pictureWidth, pictureHeight, stepX, stepY]) expect(length % block).toBe(0);
    }
  });

  it('never draws a pixel smaller than two of the screen, and scrolls instead', () => {
    const grid = gridOfAll(2048, 28, 28, room);
    expect(grid.scale).toBe(2);
    expect(grid.rows * grid.columns).toBeGreaterThanOrEqual(2048);
    expect(gridOfAll(2048, 28, 28, { ...room, ratio: 2 }).scale).toBe(4);
  });

  it('shrinks large pictures, so that all units of a large network fit on one canvas', () => {
    for (const [width, height] of [
      [256, 256],
      [48, 64],
      [256, 20],
    ] as const) {
      const grid = gridOfAll(2048, width, height, { ...room, ratio: 2 });
      expect(grid.rows * grid.columns).toBeGreaterThanOrEqual(2048);
      expect(grid.rows * grid.stepY).toBeLessThan(65_536);
      expect((grid.columns - 1) * grid.stepX + grid.pictureWidth).toBeLessThanOrEqual(room.width * 2);
    }
  });

  it('enlarges tiny pictures until they fill the room', () => {
    expect(gridOfAll(4, 8, 8, room).pictureHeight).toBeGreaterThan(150);
  });

  it('stays inside its room', () => {
    for (const count of [1, 2, 7, 30, 256]) {
      const grid = gridThatFits(count, 28, 28, room, 3);
      expect((grid.columns - 1) * grid.stepX + grid.pictureWidth).toBeLessThanOrEqual(room.width);
      expect((grid.rows - 1) * grid.stepY + grid.pictureHeight).toBeLessThanOrEqual(room.height);
    }
  });

  it('has one picture at least, however small the room', () => {
    expect(gridThatFits(256, 28, 28, { width: 10, height: 0, ratio: 1 }, 3)).toMatchObject({ columns: 1, rows: 1 });
  });

  it('finds the picture under the mouse, and none in a gap or past the last', () => {
    const grid = gridOfAll(5, 28, 28, room);
    expect(pictureAt(grid, 5, 1, 1, 1)).toBe(0);
    expect(pictureAt(grid, 5, grid.stepX + 1, 1, 1)).toBe(1);
    expect(pictureAt(grid, 5, grid.pictureWidth, 1, 1)).toBeUndefined();
    expect(pictureAt(grid, 5, (grid.columns - 1) * grid.stepX + 1, (grid.rows - 1) * grid.stepY + 1, 1)).toBe(
      grid.columns * grid.rows === 5 ? 4 : undefined,
    );
  });
});
