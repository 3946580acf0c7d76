// From numbers to colours, pixel by pixel. Pure.
import type { Rgb } from './theme';

/** Red, green, blue, opacity of 256 values, ready to be copied into an ImageData. */
export type Palette = Uint8ClampedArray;

/**
 * Weights from −127 to 127 at index value + 128: one colour for each sign, and between them, at zero, the paper, so that
 * a weight is as visible as it is strong.
 */
export function divergingPalette(negative: Rgb, middle: Rgb, positive: Rgb): Palette {
  const palette = new Uint8ClampedArray(256 * 4);
  for (let value = -128; value <= 127; value++) {
    const end = value < 0 ? negative : positive;
    const share = Math.min(1, Math.abs(value) / 127);
    middle.forEach((channel, index) => {
      palette[(value + 128) * 4 + index] = Math.round(channel + (end[index]! - channel) * share);
    });
    palette[(value + 128) * 4 + 3] = 255;
  }
  return palette;
}

/** The colour at a share of the way from one to another, 0 to 1, as CSS. */
export function mixed(from: Rgb, to: Rgb, share: number): string {
  return `rgb(${from.map((channel, k) => Math.round(channel + (to[k]! - channel) * share)).join(' ')})`;
}

/** Pixels of a digit, 0 to 255, as ink that lets the paper through. */
export function inkPalette([red, green, blue]: Rgb): Palette {
  const palette = new Uint8ClampedArray(256 * 4);
  for (let value = 0; value < 256; value++) palette.set([red, green, blue, value], value * 4);
  return palette;
}

/** Colours of pixels, four bytes each. @param offset added to a pixel before it is looked up. */
export function colorize(pixels: ArrayLike<number>, palette: Palette, offset: number): Uint8ClampedArray<ArrayBuffer> {
  const colors = new Uint8ClampedArray(pixels.length * 4);
  // All four bytes at once: this runs several times a second, beside training.
  const [from, to] = [new Uint32Array(palette.buffer), new Uint32Array(colors.buffer)];
  for (let index = 0; index < pixels.length; index++) to[index] = from[pixels[index]! + offset]!;
  return colors;
}
