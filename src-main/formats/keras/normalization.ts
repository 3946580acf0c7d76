// Keras's Normalization layer as an affine map.
import type { Affine } from '../open/fold';

/** Keras divides by this if the deviation is smaller. */
const SMALLEST_DEVIATION = 1e-7;

/** (x − mean) / √variance. @param mean @param variance one number for all features, or one for each */
export function normalizationAffine(mean: ArrayLike<number>, variance: ArrayLike<number>): Affine {
  const scale = Float64Array.from(variance, (value) => 1 / Math.max(Math.sqrt(value), SMALLEST_DEVIATION));
  const length = Math.max(scale.length, mean.length);
  const at = (values: ArrayLike<number>, k: number) => values[values.length === 1 ? 0 : k]!;
  return { scale, offset: Float64Array.from({ length }, (_, k) => -at(mean, k) * at(scale, k)) };
}
