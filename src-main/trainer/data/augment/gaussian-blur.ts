// Smoothing by a Gaussian, on a square whose opposite edges meet.

/** Beyond this many σ the Gaussian is taken to be zero, as in SciPy. */
const REACH = 4;

/** The Gaussian's weights at 0, 1, … pixels, so that both sides together add up to 1. */
export function gaussianWeights(sigma: number): Float64Array {
  const weights = Float64Array.from({ length: Math.floor(REACH * sigma + 0.5) + 1 }, (_, k) =>
    Math.exp((-k * k) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}

/**
 * @param values [side, side]; sigma in pixels. Rows first, then columns: a Gaussian of two dimensions is a product of
 * two of one.
 */
export function gaussianBlur(values: Float64Array, side: number, sigma: number): Float64Array {
  const weights = gaussianWeights(sigma);
  return blurAndTurn(blurAndTurn(values, side, weights), side, weights);
}

/** Blurs each row, and writes it as a column: done twice, rows are rows again. */
function blurAndTurn(values: Float64Array, side: number, weights: Float64Array): Float64Array {
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
