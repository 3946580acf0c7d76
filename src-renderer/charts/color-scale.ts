// Colours of pixels by their values. Pure.
import type { Rgb } from './hex-color';

/** Red, green, blue and opacity of 256 values, as in ImageData. */
export type Palette = Uint8ClampedArray<ArrayBuffer>;

/** Index of weight 0 in a palette of weights. */
export const ZERO = 128;

/**
 * A diverging palette of weights from −127 to 127, at index weight + ZERO. Zero has the colour of the paper, so that
 * strong weights stand out.
 */
export function divergingPalette(negative: Rgb, middle: Rgb, positive: Rgb): Palette {
  const palette = new Uint8ClampedArray(256 * 4);
  for (let value = -128; value <= 127; value++) {
    const end = value < 0 ? negative : positive;
    const share = Math.min(1, Math.abs(value) / 127);
    middle.forEach((channel, index) => {
      palette[(value + ZERO) * 4 + index] = Math.round(channel + (end[index]! - channel) * share);
    });
    palette[(value + ZERO) * 4 + 3] = 255;
  }
  return palette;
}

/** Interpolates between two colours. @param share 0 to 1. @returns a CSS colour */
export function mixed(from: Rgb, to: Rgb, share: number): string {
  return `rgb(${from.map((channel, k) => Math.round(channel + (to[k]! - channel) * share)).join(' ')})`;
}

/** A palette of digits: pixels from 0 to 255 as ink of that opacity. */
export function inkPalette([red, green, blue]: Rgb): Palette {
  const palette = new Uint8ClampedArray(256 * 4);
  for (let value = 0; value < 256; value++) palette.set([red, green, blue, value], value * 4);
  return palette;
}

/** The colours of pixels, four bytes each. @param offset added to a pixel to get its palette index */
export function colorize(pixels: ArrayLike<number>, palette: Palette, offset: number): Uint8ClampedArray<ArrayBuffer> {
  const colors = new Uint8ClampedArray(pixels.length * 4);
  // Copies all four bytes at once, because this runs several times a second during training.
  const [from, to] = [new Uint32Array(palette.buffer), new Uint32Array(colors.buffer)];
  for (let index = 0; index < pixels.length; index++) to[index] = from[pixels[index]! + offset]!;
  return colors;
}

/** A picture's rectangle on one large image, in pixels of that image. */
export interface Place {
  x: number;
  y: number;
  /** Size of the picture, enlarged or shrunk by a whole number. */
  width: number;
  height: number;
}

/**
 * Paints a picture of weights on an image. Enlarged, each weight becomes a square; shrunk, each square of weights
 * becomes its mean.
 * @param image one number per pixel for its four bytes, row by row
 * @param imageWidth pixels
 * @param pixels [rows × columns], −127 to 127
 */
export function paintWeights(
  image: Uint32Array,
  imageWidth: number,
  { x, y, width, height }: Place,
  pixels: Int8Array,
  columns: number,
  palette: Palette,
): void {
  const colors = new Uint32Array(palette.buffer);
  const rows = pixels.length / columns;
  const [tallest, widest] = [Math.max(1, Math.floor(rows / height)), Math.max(1, Math.floor(columns / width))];
  const shrinks = tallest > 1 || widest > 1;
  // Divides once per picture, not once per pixel, because this runs several times a second during training.
  const columnAt = Uint16Array.from({ length: width }, (_, u) => Math.floor((u * columns) / width));
  let above = -1;
  for (let v = 0; v < height; v++) {
    const start = (y + v) * imageWidth + x;
    const row = Math.floor((v * rows) / height);
    const first = row * columns;
    if (row === above) image.copyWithin(start, start - imageWidth, start - imageWidth + width);
    else if (shrinks)
      for (let u = 0; u < width; u++)
        image[start + u] = colors[ZERO + meanOf(pixels, first + columnAt[u]!, columns, tallest, widest)]!;
    else for (let u = 0; u < width; u++) image[start + u] = colors[ZERO + pixels[first + columnAt[u]!]!]!;
    above = row;
  }
}

/** The rounded mean of a block of pixels. @param at index of its first pixel */
function meanOf(pixels: Int8Array, at: number, columns: number, rows: number, across: number): number {
  let sum = 0;
  for (let v = 0; v < rows; v++) for (let u = 0; u < across; u++) sum += pixels[at + v * columns + u] ?? 0;
  return Math.round(sum / (rows * across));
}
