// Fits the two parameters of UMAP's curve. It replaces the package ml-levenberg-marquardt, which umap-js imports for
// this alone and which would bring a whole matrix library into the page.

type Pair = [a: number, b: number];

interface Fit {
  initialValues: Pair;
  maxIterations: number;
}

const DIFFERENCE = 1e-6;
const FIRST_DAMPING = 1e-2;

/**
 * Least squares by the Levenberg-Marquardt method: Gauss-Newton steps, damped if they would make the fit worse
 * (Marquardt 1963; Nocedal and Wright 2006, section 10.3).
 * @param curve from the two parameters to a function of x
 */
export function fitCurve(
  { x, y }: { x: readonly number[]; y: readonly number[] },
  curve: (parameters: Pair) => (x: number) => number,
  { initialValues, maxIterations }: Fit,
): { parameterValues: Pair } {
  const errorsOf = (parameters: Pair): number[] => x.map((at, i) => y[i]! - curve(parameters)(at));
  const sumOf = (errors: readonly number[]): number => errors.reduce((sum, error) => sum + error * error, 0);
  let values: Pair = [...initialValues];
  let errors = errorsOf(values);
  let damping = FIRST_DAMPING;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    // The Jacobian by finite differences, then the normal equations JᵀJ step = Jᵀ error.
    const slopes = [0, 1].map((k) => {
      const moved: Pair = [...values];
      moved[k]! += DIFFERENCE;
      return errorsOf(moved).map((error, i) => (errors[i]! - error) / DIFFERENCE);
    }) as [number[], number[]];
    const dot = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const [aa, ab, bb] = [
      dot(slopes[0], slopes[0]) * (1 + damping),
      dot(slopes[0], slopes[1]),
      dot(slopes[1], slopes[1]) * (1 + damping),
    ];
    const [ea, eb] = [dot(slopes[0], errors), dot(slopes[1], errors)];
    const determinant = aa * bb - ab * ab;
    const next: Pair = [values[0] + (bb * ea - ab * eb) / determinant, values[1] + (aa * eb - ab * ea) / determinant];
    const nextErrors = errorsOf(next);
    if (sumOf(nextErrors) < sumOf(errors)) {
      [values, errors, damping] = [next, nextErrors, damping / 10];
    } else {
      damping *= 10;
    }
  }
  return { parameterValues: values };
}

// umap-js imports the default export.
// eslint-disable-next-line no-restricted-syntax
export default fitCurve;
