// Draws digits and weights on canvases, pixel by pixel and never smoothed, and again when the colours change.
import type { Attachment } from 'svelte/attachments';
import type { WeightPictures } from '../../src-shared/contract';
import { colorize, divergingPalette, inkPalette } from './color-scale';
import type { PictureGrid } from './picture-grid';
import { parseHex, readTheme } from './theme';

/** A digit at one device-independent pixel a pixel; the stylesheet enlarges it. */
export function digitPicture(read: () => { pixels: Uint8Array; rows: number; columns: number }): Attachment<HTMLCanvasElement> {
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

/** The first rows × columns of the grid's pictures, on one canvas at the device's resolution. */
export function weightPictures(read: () => { pictures: WeightPictures; grid: PictureGrid; ratio: number }): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    // All pictures one below the other at their own size, to be copied from in one go.
    const strip = document.createElement('canvas');
    $effect(() => {
      const { pictures, grid, ratio } = read();
      const { rows, columns } = pictures;
      const count = Math.min(pictures.units, grid.rows * grid.columns);
      const theme = readTheme();
      const palette = divergingPalette(parseHex(theme.weightNegative), parseHex(theme.paper), parseHex(theme.weightPositive));
      strip.width = columns;
      strip.height = rows * count;
      const colors = colorize(pictures.pixels.subarray(0, rows * columns * count), palette, 128);
      strip.getContext('2d')?.putImageData(new ImageData(colors, columns, rows * count), 0, 0);

      canvas.width = (grid.columns - 1) * grid.stepX + grid.pictureWidth;
      canvas.height = (grid.rows - 1) * grid.stepY + grid.pictureHeight;
      canvas.style.width = `${canvas.width / ratio}px`;
      canvas.style.height = `${canvas.height / ratio}px`;
      const context = canvas.getContext('2d');
      if (!context) return;
      context.imageSmoothingEnabled = false;
      for (let unit = 0; unit < count; unit++) {
        const [x, y] = [(unit % grid.columns) * grid.stepX, Math.floor(unit / grid.columns) * grid.stepY];
        context.drawImage(strip, 0, unit * rows, columns, rows, x, y, grid.pictureWidth, grid.pictureHeight);
      }
    });
  };
}
