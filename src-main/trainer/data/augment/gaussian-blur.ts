// Gaussian blur with periodic boundaries.

/** The Gaussian is cut off at this many σ, as in SciPy. */
const REACH = 4;

/** Weights of the Gaussian at 0, 1, … pixels. Both sides together sum to 1. */
export function gaussianWeights(sigma: number): Float64Array {
  const weights = Float64Array.from({ length: Math.floor(REACH * sigma + 0.5) + 1 }, (_, k) =>
    Math.exp((-k * k) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Blurs rows, then columns: a two-dimensional Gaussian is separable.
 * @param values [side, side]
 * @param sigma in pixels
 */
export function gaussianBlur(values: Float64Array, side: number, sigma: number): Float64Array {
  const weights = gaussianWeights(sigma);
  return blurAndTranspose(blurAndTranspose(values, side, weights), side, weights);
}

/** Blurs each row and writes it as a column. The second pass turns columns back into rows. */
function blurAndTranspose(values: Float64Array, side: number, weights: Float64Array): Float64Array {
  const reach = weights.length - 1;
  const result = new Float64Array(side * side);
  const row = new Float64Array(side + 2 * reach);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < row.length; x++) row[x] = values[y * side + ((((x - reach) % side) + side) % side)]!;
    for (let x = 0; x < side; x++) {
      const middle = x + reach;
      let sum = weights[0]! * row[middle]!;
      for (let k = 1; k <= reach; k++) sum += weights[k]! * (row[middle - k]! + row[middle + k]!);
      result[x * side + y] = sum;
    }
  }
  return result;
}
