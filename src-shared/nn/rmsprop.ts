// RMSprop: every weight has a step size of its own, which goes by how large its gradients have been.
import type { Numbers } from './matrix';
import type { Module } from './module';
import { Optimizer, type OptimizerOptions } from './optimizer';

/** Keeps a division from ending at 0. */
const EPSILON = 1e-8;

/**
 * s ← α s + (1 − α) g², w ← w − rate · g / (√s + 1e-8): a running mean of squares, and steps measured by its root.
 * Tieleman and Hinton 2012, "Neural networks for machine learning", lecture 6.5.
 */
export class RMSprop extends Optimizer {
  constructor(model: Module, options: OptimizerOptions) {
    super(model, options, 1);
  }

  protected update(w: Numbers, g: Numbers, s: Numbers): void {
    for (let i = 0; i < w.length; i++) {
      s[i] = this.squareDecay * s[i]! + (1 - this.squareDecay) * g[i]! ** 2;
      w[i]! -= (this.learningRate * g[i]!) / (Math.sqrt(s[i]!) + EPSILON);
    }
  }
}
