// Draws digits and weights on canvases, pixel by pixel and never smoothed, and again when the colours change.
import type { Attachment } from 'svelte/attachments';
import type { WeightPictures } from '../../src-shared/contract';
import { colorize, divergingPalette, inkPalette } from './color-scale';
import type { PictureGrid } from './picture-grid';
import { parseHex, readTheme } from './theme';

/** An image at one device-independent pixel a pixel; the stylesheet enlarges or shrinks it. */
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

/** Rows of pixels on one canvas; Chromium draws nothing on one of more than 65,535. */
const STRIP_HEIGHT = 16_384;

/** The first rows × columns of the grid's pictures, on one canvas at the device's resolution. */
export function weightPictures(read: () => { pictures: WeightPictures; grid: PictureGrid; ratio: number }): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    // Pictures one below the other at their own size, to be copied from in one go.
    const strip = document.createElement('canvas');
    $effect(() => {
      const { pictures, grid, ratio } = read();
      const { rows, columns } = pictures;
      const size = rows * columns;
      const count = Math.min(pictures.units, grid.rows * grid.columns);
      const theme = readTheme();
      const palette = divergingPalette(parseHex(theme.weightNegative), parseHex(theme.paper), parseHex(theme.weightPositive));

      canvas.width = (grid.columns - 1) * grid.stepX + grid.pictureWidth;
      canvas.height = (grid.rows - 1) * grid.stepY + grid.pictureHeight;
      canvas.style.width = `${canvas.width / ratio}px`;
      canvas.style.height = `${canvas.height / ratio}px`;
      const context = canvas.getContext('2d');
      const stripContext = strip.getContext('2d');
      if (!context || !stripContext) return;
      // A picture that shrinks would else lose whole rows.
      context.imageSmoothingEnabled = grid.scale < 1;
      strip.width = columns;
      const perStrip = Math.max(1, Math.min(count, Math.floor(STRIP_HEIGHT / rows)));
      for (let first = 0; first < count; first += perStrip) {
        const last = Math.min(count, first + perStrip);
        strip.height = rows * perStrip;
        const colors = colorize(pictures.pixels.subarray(first * size, last * size), palette, 128);
        stripContext.putImageData(new ImageData(colors, columns, rows * (last - first)), 0, 0);
        for (let unit = first; unit < last; unit++) {
          const [x, y] = [(unit % grid.columns) * grid.stepX, Math.floor(unit / grid.columns) * grid.stepY];
          context.drawImage(strip, 0, (unit - first) * rows, columns, rows, x, y, grid.pictureWidth, grid.pictureHeight);
        }
      }
    });
  };
}
