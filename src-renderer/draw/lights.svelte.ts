// A layer's activations as lights, one a unit: the stronger, the brighter; what is negative has the other colour of the
// weights.
import type { Attachment } from 'svelte/attachments';
import { mixed } from '../charts/color-scale';
import { parseHex, type Rgb } from '../charts/hex-color';
import { readTheme } from '../charts/theme';

export interface Lights {
  /** [units] */
  activations: ArrayLike<number>;
  columns: number;
  /** Device pixels of a light, and from one to the next. */
  size: number;
  step: number;
}

/** @param read is read again whenever what it reads has changed. */
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
