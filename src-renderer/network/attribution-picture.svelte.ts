// Draws the pixels' evidence for and against a class in the colours of the weights, over the faint image.
import type { Attachment } from 'svelte/attachments';
import { parseHex, type Rgb } from '../charts/hex-color';
import { readTheme } from '../charts/theme';

export interface AttributionPicture {
  /** [rows × columns]: positive is evidence for the class, negative against it */
  attribution: Float64Array;
  /** [rows × columns], 0 to 255 */
  pixels: Uint8Array;
  rows: number;
  columns: number;
}

/** Opacity of the image below. */
const INK = 0.16;

/** @param read called in an effect: the picture is drawn again when anything that it reads changes */
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
        const share = Math.sqrt(Math.abs(value) / largest); // so that small values are visible too
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
