// Draws a layer's activations as lights, one per unit: stronger for larger magnitudes, in another colour if negative.
import type { Attachment } from 'svelte/attachments';
import { mixed } from '../charts/color-scale';
import { parseHex, type Rgb } from '../charts/hex-color';
import { readTheme } from '../charts/theme';

export interface Lights {
  /** [units] */
  activations: ArrayLike<number>;
  columns: number;
  /** Side of a light, and distance from one light to the next, in device pixels. */
  size: number;
  step: number;
}

/** @param read called in an effect: the lights are drawn again when anything that it reads changes */
export function lights(read: () => Lights): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    $effect(() => {
      const { activations, columns, size, step } = read();
      const theme = readTheme();
      const [dark, positive, negative] = [theme.panel, theme.accent, theme.weightPositive].map(parseHex) as [
        Rgb,
        Rgb,
        Rgb,
      ];
      const largest = Array.from(activations).reduce((most, a) => Math.max(most, Math.abs(a)), 1e-9);
      const rows = Math.ceil(activations.length / columns);
      canvas.width = columns * step - (step - size);
      canvas.height = rows * step - (step - size);
      const context = canvas.getContext('2d')!;
      for (let unit = 0; unit < activations.length; unit++) {
        const a = activations[unit]! / largest;
        context.fillStyle = mixed(dark, a < 0 ? negative : positive, Math.abs(a));
        context.fillRect((unit % columns) * step, Math.floor(unit / columns) * step, size, size);
      }
    });
  };
}
