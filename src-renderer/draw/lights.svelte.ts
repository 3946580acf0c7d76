// Draws a layer's activations as lights, one per unit.
import type { Attachment } from 'svelte/attachments';
import { activationColors } from '../charts/activation-colors';
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
      const colorOf = activationColors(activations, theme);
      const rows = Math.ceil(activations.length / columns);
      canvas.width = columns * step - (step - size);
      canvas.height = rows * step - (step - size);
      const context = canvas.getContext('2d')!;
      for (let unit = 0; unit < activations.length; unit++) {
        context.fillStyle = colorOf(activations[unit]!);
        context.fillRect((unit % columns) * step, Math.floor(unit / columns) * step, size, size);
      }
    });
  };
}
