// Draws digits and weights on canvases, pixel by pixel, without smoothing. Redraws them when the colours change.
import type { Attachment } from 'svelte/attachments';
import { colorize, divergingPalette, inkPalette, paintWeights, ZERO, type Palette } from './color-scale';
import type { PictureGrid } from './picture-grid';
import { parseHex } from './hex-color';
import { readTheme, type Theme } from './theme';

/** Draws an image at one canvas pixel per pixel. The stylesheet scales the canvas. */
export function digitPicture(
  read: () => { pixels: Uint8Array; rows: number; columns: number },
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    $effect(() => {
      const { pixels, rows, columns } = read();
      canvas.width = columns;
      canvas.height = rows;
      const colors = colorize(pixels, inkPalette(parseHex(readTheme().ink)), 0);
      canvas.getContext('2d')?.putImageData(new ImageData(colors, columns, rows), 0, 0);
    });
  };
}

/** Weight pictures of units, in a grid, row by row. */
export interface PictureWall {
  grid: PictureGrid;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** Size of a picture in its own pixels. */
  rows: number;
  columns: number;
  /** The units to draw, in order. */
  units: readonly number[];
  /** [rows × columns], −127 to 127; may be slow. */
  pixelsOf: (unit: number) => Int8Array;
}

/** Drawing that takes longer continues in the next animation frame, so that the page stays responsive. */
const MOST_MS_A_FRAME = 8;

/**
 * Draws the pictures of a wall on one canvas, in whole device pixels. If all lengths are even, the canvas has a quarter
 * of the pixels, and the browser enlarges it, which is cheaper than drawing them all.
 */
export function weightPictures(read: () => PictureWall): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    // Opaque, so that the browser copies the canvas instead of blending it with the page.
    const context = canvas.getContext('2d', { alpha: false })!;
    let image = new ImageData(1, 1);
    let paper = 0;
    let drawn: readonly number[] = [];
    let next = 0;

    $effect(() => {
      const wall = read();
      const theme = readTheme();
      const palette = weightPalette(theme);
      const emptied = fit(canvas, wall);
      if (emptied || image.width !== canvas.width || image.height !== canvas.height)
        image = new ImageData(canvas.width, canvas.height);
      const others = !sameUnits(drawn, wall.units);
      const ground = new Uint32Array(palette.buffer)[ZERO]!;
      if (others || emptied || ground !== paper) {
        paper = ground;
        new Uint32Array(image.data.buffer).fill(paper);
        context.putImageData(image, 0, 0);
      }
      // Newer weights of the same units continue where the older ones stopped. Otherwise the last pictures would never
      // be drawn.
      if (others || emptied) next = 0;
      drawn = wall.units;

      let left = wall.units.length;
      let frame = 0;
      function draw(): void {
        const end = drawSome(context, image, wall, palette, next, Math.min(wall.units.length, next + left));
        left -= end - next;
        next = end === wall.units.length ? 0 : end;
        if (left > 0) frame = requestAnimationFrame(draw);
      }
      draw();
      return () => cancelAnimationFrame(frame);
    });
  };
}

const palettes = new WeakMap<Theme, Palette>();

function weightPalette(theme: Theme): Palette {
  const known =
    palettes.get(theme) ??
    divergingPalette(parseHex(theme.weightNegative), parseHex(theme.paper), parseHex(theme.weightPositive));
  palettes.set(theme, known);
  return known;
}

/** Sets the size of the canvas. @returns whether that cleared it */
function fit(canvas: HTMLCanvasElement, { grid, ratio, units }: PictureWall): boolean {
  const lines = Math.max(1, Math.ceil(units.length / grid.columns));
  const width = ((grid.columns - 1) * grid.stepX + grid.pictureWidth) / grid.block;
  const height = ((lines - 1) * grid.stepY + grid.pictureHeight) / grid.block;
  canvas.style.imageRendering = 'pixelated';
  canvas.style.width = `${(width * grid.block) / ratio}px`;
  canvas.style.height = `${(height * grid.block) / ratio}px`;
  if (canvas.width === width && canvas.height === height) return false;
  canvas.width = width;
  canvas.height = height;
  return true;
}

/**
 * Draws the pictures from `first` up to, but not including, `end`, as far as time allows.
 * @param image of the whole canvas
 * @returns the index to continue from
 */
function drawSome(
  context: CanvasRenderingContext2D,
  image: ImageData,
  wall: PictureWall,
  palette: Palette,
  first: number,
  end: number,
): number {
  const { grid, columns, units, pixelsOf } = wall;
  const [width, height, stepX, stepY] = [grid.pictureWidth, grid.pictureHeight, grid.stepX, grid.stepY].map(
    (pixels) => pixels / grid.block,
  ) as [number, number, number, number];
  const colors = new Uint32Array(image.data.buffer);
  const start = performance.now();
  let place = first;
  while (place < end && (place === first || performance.now() - start < MOST_MS_A_FRAME)) {
    const [x, y] = [(place % grid.columns) * stepX, Math.floor(place / grid.columns) * stepY];
    paintWeights(colors, image.width, { x, y, width, height }, pixelsOf(units[place]!), columns, palette);
    place++;
  }
  const top = Math.floor(first / grid.columns) * stepY;
  const bottom = Math.floor((place - 1) / grid.columns) * stepY + height;
  context.putImageData(image, 0, 0, 0, top, image.width, bottom - top);
  return place;
}

function sameUnits(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((unit, place) => unit === b[place]);
}
