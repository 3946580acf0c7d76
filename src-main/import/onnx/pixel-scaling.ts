// Which pixels the input of a graph takes, from 0 to 1 or from 0 to 255, by what the graph does to them before its first layer.
import { RAW_PIXELS, UNIT_PIXELS, type PixelScaling } from '../imported-network';
import type { Linear } from './signal';

/** A division by 50 or more leaves nothing of pixels from 0 to 1. */
const LARGEST_RAW_SCALE = 0.02;
/** Pixels from 0 to 1 are stretched at least so much if they are standardised, and those from −1 to 1 are not. */
const LEAST_UNIT_SCALE = 1.5;
/** More than this is taken away from pixels up to 255 only. */
const LARGEST_UNIT_OFFSET = 2;

/** @returns undefined if the graph does not show it */
export function pixelsOf({ columnScale, inputOffset, isMeasured }: Linear, isInteger: boolean): PixelScaling | undefined {
  if (isInteger) return RAW_PIXELS;
  // Pixels that are always 0 may have any scale. Those that vary most have the smallest.
  const scale = least(columnScale);
  if (scale <= LARGEST_RAW_SCALE) return RAW_PIXELS;
  if (isMeasured) return undefined;
  if (scale >= LEAST_UNIT_SCALE) return UNIT_PIXELS;
  return scale === 1 ? byOffset(columnScale, inputOffset) : undefined;
}

/** Of pixels less their mean, and of dark pixels on light ones. */
function byOffset(scale: number | Float64Array, offset: number | Float64Array): PixelScaling | undefined {
  const offsets = typeof offset === 'number' ? [offset] : [...offset];
  const sign = typeof scale === 'number' ? -scale : -1;
  if (offsets.some((value) => Math.abs(value) > LARGEST_UNIT_OFFSET)) return RAW_PIXELS;
  const isWithin = offsets.every((value) => value * sign >= 0 && value * sign <= 1);
  return isWithin && offsets.some((value) => value !== 0) ? UNIT_PIXELS : undefined;
}

function least(values: number | Float64Array): number {
  if (typeof values === 'number') return Math.abs(values);
  return values.reduce((smallest, value) => (value === 0 ? smallest : Math.min(smallest, Math.abs(value))), Infinity);
}
