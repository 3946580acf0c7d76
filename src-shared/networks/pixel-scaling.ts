// How pixels are scaled for a network, and words for it.

/** The network's input is (pixel / 255 − mean) / deviation, with pixels from 0 to 255. */
export interface PixelScaling {
  mean: number;
  deviation: number;
}

export const UNIT_PIXELS: PixelScaling = { mean: 0, deviation: 1 };
export const RAW_PIXELS: PixelScaling = { mean: 0, deviation: 1 / 255 };
export const SIGNED_PIXELS: PixelScaling = { mean: 0.5, deviation: 0.5 };
/** The constants that most programs use for MNIST, and often for other images too. */
export const MNIST_PIXELS: PixelScaling = { mean: 0.1307, deviation: 0.3081 };

/** Most programs write means and deviations with four decimals. */
const TOLERANCE = 1e-4;

export function isSameScaling(a: PixelScaling, b: PixelScaling): boolean {
  return Math.abs(a.mean - b.mean) <= TOLERANCE && Math.abs(a.deviation / b.deviation - 1) <= TOLERANCE;
}

/** Half a sentence, such as “from 0 to 255”. */
export function scalingInWords(scaling: PixelScaling): string {
  if (isSameScaling(scaling, UNIT_PIXELS)) return 'from 0 to 1';
  if (isSameScaling(scaling, RAW_PIXELS)) return 'from 0 to 255';
  if (isSameScaling(scaling, SIGNED_PIXELS)) return 'from −1 to 1';
  return `standardised (mean ${short(scaling.mean)}, deviation ${short(scaling.deviation)})`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}
