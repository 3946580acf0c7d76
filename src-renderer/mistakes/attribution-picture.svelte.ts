// The pixels that spoke for and against a class, in the colours of the weights, with the image's own ink faint below.
import type { Attachment } from 'svelte/attachments';
import { parseHex, type Rgb } from '../charts/hex-color';
import { readTheme } from '../charts/theme';

export interface AttributionPicture {
  /** [rows × columns]: positive spoke for the class */
  attribution: Float64Array;
  /** [rows × columns], 0 to 255 */
  pixels: Uint8Array;
  rows: number;
  columns: number;
}

const INK = 0.16;

/** @param read is read again whenever what it reads has changed. */
export function attributionPicture(read: () => AttributionPicture): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    $effect(() => {
      const { attribution, pixels, rows, columns } = read();
      const theme = readTheme();
      const [paper, ink, positive, negative] = [theme.panel, theme.ink, theme.weightPositive, theme.weightNegative].map(
        parseHex,
      ) as [Rgb, Rgb, Rgb, Rgb];
      const largest = attribution.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
      canvas.width = columns;
      canvas.height = rows;
      const image = new ImageData(columns, rows);
      attribution.forEach((value, k) => {
        const share = Math.sqrt(Math.abs(value) / largest); // small ones are to be seen too
        const end = value < 0 ? negative : positive;
        for (let channel = 0; channel < 3; channel++) {
          const below = paper[channel]! + (ink[channel]! - paper[channel]!) * INK * (pixels[k]! / 255);
          image.data[4 * k + channel] = below + (end[channel]! - below) * share;
        }
        image.data[4 * k + 3] = 255;
      });
      canvas.getContext('2d')?.putImageData(image, 0, 0);
    });
  };
}
