// RMSprop: every weight has its own step size, by how large its gradients have been.
import type { Numbers } from './matrix';
import type { Parameter } from './module';
import { Optimizer, type OptimizerOptions } from './optimizer';

/** Prevents a division by 0. */
const EPSILON = 1e-8;

/**
 * s ← α s + (1 − α) g², w ← w − rate · g / (√s + 1e-8): a running mean of squares, whose root scales each step.
 * Tieleman and Hinton 2012, "Neural networks for machine learning", lecture 6.5.
 */
export class RMSprop extends Optimizer {
  constructor(parameters: readonly Parameter[], options: OptimizerOptions) {
    super(parameters, options, 1);
  }

  protected update(w: Numbers, g: Numbers, s: Numbers): void {
    for (let i = 0; i < w.length; i++) {
      s[i] = this.squareDecay * s[i]! + (1 - this.squareDecay) * g[i]! ** 2;
      w[i]! -= (this.learningRate * g[i]!) / (Math.sqrt(s[i]!) + EPSILON);
    }
  }
}
