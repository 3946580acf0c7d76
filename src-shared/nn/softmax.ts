// Softmax: turns a row of any numbers (the logits) into probabilities that add up to 1.
import type { Matrix } from './matrix';
import { Module } from './module';

/** p_j = e^(z_j) / Σ_k e^(z_k), each row alone. */
export class Softmax extends Module {
  private probabilities: Matrix | undefined;

  forward(logits: Matrix): Matrix {
    this.probabilities = logits.zerosLike();
    for (let n = 0; n < logits.rows; n++) {
      const z = logits.row(n);
      const p = this.probabilities.row(n);
      // Subtracting the same number from all logits changes no probability; the row's maximum keeps e^z from
      // overflowing.
      let maximum = -Infinity;
      for (let j = 0; j < z.length; j++) maximum = Math.max(maximum, z[j]!);
      let sum = 0;
      for (let j = 0; j < z.length; j++) sum += p[j] = Math.exp(z[j]! - maximum);
      for (let j = 0; j < z.length; j++) p[j]! /= sum;
    }
    return this.probabilities;
  }

  /**
   * dz_j = p_j (dp_j − Σ_k dp_k p_k), the product with softmax's Jacobian. Training takes the short cut of
   * CrossEntropyLoss.backward instead, in which this and the slope of the logarithm cancel.
   */
  backward(dProbabilities: Matrix): Matrix {
    const dLogits = dProbabilities.zerosLike();
    for (let n = 0; n < dLogits.rows; n++) {
      const p = this.probabilities!.row(n);
      const dp = dProbabilities.row(n);
      const dz = dLogits.row(n);
      let dot = 0;
      for (let j = 0; j < p.length; j++) dot += dp[j]! * p[j]!;
      for (let j = 0; j < p.length; j++) dz[j] = p[j]! * (dp[j]! - dot);
    }
    return dLogits;
  }
}
