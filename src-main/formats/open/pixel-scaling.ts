// Infers whether a network takes pixels from 0 to 1 or from 0 to 255 from what it does to them before its first layer.
import { RAW_PIXELS, UNIT_PIXELS, type PixelScaling } from './imported-network';

/** scale · pixel + offset, with one number for all pixels or one for each. */
export interface PixelChange {
  scale: ArrayLike<number>;
  offset: ArrayLike<number>;
  /** True if the scale was measured during training, and so adapts to any earlier scaling of the pixels. */
  isMeasured: boolean;
}

/** A division by 50 or more would leave nothing of pixels from 0 to 1. */
const LARGEST_RAW_SCALE = 0.02;
/** Standardizing pixels from 0 to 1 stretches them at least by this factor. */
const LEAST_UNIT_SCALE = 1.5;
/** Only pixels from 0 to 255 can be so far from 0. */
const LARGEST_UNIT_PIXEL = 2;
const TOLERANCE = 1e-3;
/** Some trained scales of batch normalization may be near 0, whatever the pixels are. */
const MEASURED_PORTION = 1 / 4;

/** @returns undefined if the change does not reveal it */
export function pixelsOf(change: PixelChange): PixelScaling | undefined {
  const sizes = Float64Array.from(change.scale, Math.abs)
    .filter((size) => size > 0)
    .sort();
  // Pixels that are always 0 may have any scale. The pixels that vary most have the smallest scale.
  const size = sizes[change.isMeasured ? Math.floor(sizes.length * MEASURED_PORTION) : 0] ?? 0;
  if (size <= LARGEST_RAW_SCALE) return size > 0 ? RAW_PIXELS : undefined;
  if (change.isMeasured) return undefined;
  const pixels = pixelsThatBecomeZero(change);
  if (size === 1 && pixels.some((pixel) => Math.abs(pixel) > LARGEST_UNIT_PIXEL)) return RAW_PIXELS;
  // For pixels from −1 to 1, the mean would be outside.
  const areWithin = pixels.every((pixel) => pixel >= -TOLERANCE && pixel <= 1 + TOLERANCE);
  const isMoved = size === 1 && pixels.some((pixel) => pixel !== 0);
  return areWithin && (size >= LEAST_UNIT_SCALE || isMoved) ? UNIT_PIXELS : undefined;
}

/** The pixels that the change maps to 0: the mean if it standardizes, the lightest pixel if it inverts. */
function pixelsThatBecomeZero({ scale, offset }: PixelChange): number[] {
  const length = Math.max(scale.length, offset.length);
  const at = (values: ArrayLike<number>, k: number) => values[values.length === 1 ? 0 : k]!;
  return Array.from({ length }, (_, k) => -at(offset, k) / at(scale, k)).filter(Number.isFinite);
}
