// Softmax: turns a row of any numbers (the logits) into probabilities that add up to 1.
import type { Matrix } from './matrix';

/**
 * p_j = e^(z_j) / Σ_k e^(z_k), for each row. Its slope is p_j (1 − p_j) for its own logit and −p_j p_k for the others;
 * training needs it only together with the logarithm of the loss: see CrossEntropyLoss.backward.
 * @param logits [batch, classes]
 * @returns [batch, classes]
 */
export function softmax(logits: Matrix): Matrix {
  const probabilities = logits.zerosLike();
  for (let n = 0; n < logits.rows; n++) {
    const z = logits.row(n);
    const p = probabilities.row(n);
    // Subtracting one number from all logits of a row changes no probability. The maximum keeps e^z from overflowing.
    let maximum = -Infinity;
    for (let j = 0; j < z.length; j++) maximum = Math.max(maximum, z[j]!);
    let sum = 0;
    for (let j = 0; j < z.length; j++) sum += p[j] = Math.exp(z[j]! - maximum);
    for (let j = 0; j < z.length; j++) p[j]! /= sum;
  }
  return probabilities;
}
