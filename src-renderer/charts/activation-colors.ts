// The colours of activations: one hue for magnitudes; the diverging scale of the weights if some are negative. Pure.
import { mixed } from './color-scale';
import { parseHex, type Rgb } from './hex-color';
import type { Theme } from './theme';

/** @returns the colour of each activation: stronger for larger magnitudes */
export function activationColors(activations: ArrayLike<number>, theme: Theme): (activation: number) => string {
  let [least, largest] = [0, 1e-9];
  for (let unit = 0; unit < activations.length; unit++) {
    least = Math.min(least, activations[unit]!);
    largest = Math.max(largest, Math.abs(activations[unit]!));
  }
  const ends = least < 0 ? [theme.weightPositive, theme.weightNegative] : [theme.accent, theme.accent];
  const [dark, positive, negative] = [theme.panel, ...ends].map(parseHex) as [Rgb, Rgb, Rgb];
  return (activation) => mixed(dark, activation < 0 ? negative : positive, Math.abs(activation) / largest);
}
