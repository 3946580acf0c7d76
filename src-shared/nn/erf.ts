// The error function, the area under a bell curve up to a distance from its middle. GELU needs it, JavaScript has none.

/** The series is used below, the continued fraction from here on: both are exact to the last digits of float64. */
const BORDER = 2;
/** Levels of the continued fraction. At the border, more of them change no digit. */
const LEVELS = 60;

/** erf x = 2/√π ∫ e^(−t²) dt, with t from 0 to x; −1 to 1. */
export function erf(x: number): number {
  if (Math.abs(x) < BORDER) return series(x);
  return Math.sign(x) * (1 - tail(Math.abs(x)));
}

/**
 * 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1 · 3 · … · (2n+1)). All terms have the same sign, so that nothing cancels.
 * Abramowitz and Stegun 1964, "Handbook of mathematical functions", 7.1.6.
 */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; sum + term !== sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/**
 * 1 − erf x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + 2/(x + …))))), for x > 0. Abramowitz and Stegun 1964, 7.1.14.
 */
function tail(x: number): number {
  let fraction = x;
  for (let level = LEVELS; level > 0; level--) fraction = x + level / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
