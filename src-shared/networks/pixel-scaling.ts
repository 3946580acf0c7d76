// How networks are given their pixels, and the sentences for it.

/** A network was given (pixel / 255 − mean) / deviation. Mean 0 and deviation 1: 0 to 1; deviation 1/255: 0 to 255. */
export interface PixelScaling {
  mean: number;
  deviation: number;
}

export const UNIT_PIXELS: PixelScaling = { mean: 0, deviation: 1 };
export const RAW_PIXELS: PixelScaling = { mean: 0, deviation: 1 / 255 };
export const SIGNED_PIXELS: PixelScaling = { mean: 0.5, deviation: 0.5 };
/** What most programs write for MNIST, whatever their images are. */
export const MNIST_PIXELS: PixelScaling = { mean: 0.1307, deviation: 0.3081 };

/** Means and deviations are written with four decimals in most programs. */
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
