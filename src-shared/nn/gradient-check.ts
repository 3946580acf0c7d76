// How to be sure that a backward is right: measure the slope of its forward.
import type { Matrix } from './matrix';

/**
 * The gradient of the loss with respect to each number of a matrix, from central differences:
 * (loss(x + h) − loss(x − h)) / 2h. Central, because the error of the one-sided (loss(x + h) − loss(x)) / h shrinks
 * only with h, and that of the central one with h²: by symmetry the curvature of the loss cancels. h must not be too
 * small either: the difference of two nearly equal losses has few exact digits. 1e-6 is a good choice in float64.
 * @param value changed while the loss is measured, and restored
 * @param loss computes the loss with the present numbers of `value`
 */
export function numericalGradient(value: Matrix, loss: () => number, h = 1e-6): Matrix {
  const gradient = value.zerosLike();
  for (let i = 0; i < value.data.length; i++) {
    const original = value.data[i]!;
    value.data[i] = original + h;
    const above = loss();
    value.data[i] = original - h;
    const below = loss();
    value.data[i] = original;
    gradient.data[i] = (above - below) / (2 * h);
  }
  return gradient;
}
