import { describe, expect, it } from 'vitest';
import { evenScale, gridOfAll, gridThatFits, pictureAt } from '../../../../src-renderer/charts/picture-grid';

it('scales all pixels of an image alike, larger or smaller', () => {
  expect([evenScale(84, 28), evenScale(83, 28), evenScale(28, 28)]).toEqual([3, 2, 1]);
  expect([evenScale(27, 28), evenScale(64, 256), evenScale(-5, 4)]).toEqual([1 / 2, 1 / 4, 1 / 4]);
});

describe('a grid of pictures', () => {
  const room = { width: 600, height: 400, ratio: 1 };

  it('shows few pictures large and many small', () => {
    expect(gridOfAll(4, 28, 28, room).scale).toBeGreaterThan(gridOfAll(64, 28, 28, room).scale);
  });

  it.each([1, 2, 3, 256])('lies in blocks of pixels, so that a canvas can have fewer: %i pictures', (count) => {
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

  it('has larger pictures in a wide room, even if it must scroll', () => {
    const [narrow, wide] = [900, 1600].map((width) => gridOfAll(2048, 28, 28, { width, height: 700, ratio: 1 }));
    expect(wide!.scale).toBeGreaterThan(narrow!.scale);
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

  it('has at least one picture, however small the room', () => {
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
