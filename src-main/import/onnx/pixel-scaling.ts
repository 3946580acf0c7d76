// Which pixels the input of a graph takes, from 0 to 1 or from 0 to 255, by what the graph does to them before its first layer.
import { RAW_PIXELS, UNIT_PIXELS, type PixelScaling } from '../imported-network';
import type { Linear } from './signal';

/** Divides by 50 or more: what is from 0 to 1 would be of no effect any more. */
const LARGEST_RAW_SCALE = 0.02;
/** Shrinks by half at most: pixels up to 255 would stay far too large. */
const LEAST_UNIT_SCALE = 0.5;
/** More is taken away from pixels up to 255 only. */
const LARGEST_UNIT_OFFSET = 2;

/** @returns undefined if the graph does not show it */
export function pixelsOf({ columnScale, inputOffset }: Linear, isInteger: boolean): PixelScaling | undefined {
  if (isInteger) return RAW_PIXELS;
  if (columnScale === 1 && inputOffset === 0) return undefined;
  // Pixels that are always 0 may have any scale. The pixels that vary most have the smallest.
  const scale = smallest(columnScale);
  if (scale <= LARGEST_RAW_SCALE) return RAW_PIXELS;
  if (scale < LEAST_UNIT_SCALE) return undefined;
  return scale === 1 && largest(inputOffset) > LARGEST_UNIT_OFFSET ? RAW_PIXELS : UNIT_PIXELS;
}

function smallest(values: number | Float64Array): number {
  if (typeof values === 'number') return Math.abs(values);
  return values.reduce((least, value) => (value === 0 ? least : Math.min(least, Math.abs(value))), Infinity);
}

function largest(values: number | Float64Array): number {
  if (typeof values === 'number') return Math.abs(values);
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
