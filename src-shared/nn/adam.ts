// Adam: momentum and RMSprop in one, with both averages unbiased from the first step on.
import type { Numbers } from './matrix';
import type { Parameter } from './module';
import { Optimizer, type OptimizerOptions } from './optimizer';

/** Prevents a division by 0. */
const EPSILON = 1e-8;

/**
 * m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², w ← w − rate · m̂ / (√ŝ + 1e-8), with m̂ = m / (1 − β₁ᵗ) and
 * ŝ = s / (1 − β₂ᵗ) in step t: both averages start at 0, and these divisions correct for that. β₁ is the momentum, β₂
 * the decay of squares. If β₁ changes between steps, β₁ᵗ is the product of the values used. Kingma and Ba 2015,
 * "Adam: a method for stochastic optimization", algorithm 1.
 */
export class Adam extends Optimizer {
  constructor(parameters: readonly Parameter[], options: OptimizerOptions) {
    super(parameters, options, 2);
  }

  protected update(w: Numbers, g: Numbers, m: Numbers, s: Numbers): void {
    const meanShare = 1 - this.momentumProduct;
    const rootShare = Math.sqrt(1 - this.squareDecay ** this.updates);
    for (let i = 0; i < w.length; i++) {
      m[i] = this.momentum * m[i]! + (1 - this.momentum) * g[i]!;
      s[i] = this.squareDecay * s[i]! + (1 - this.squareDecay) * g[i]! ** 2;
      w[i]! -= ((this.learningRate / meanShare) * m[i]!) / (Math.sqrt(s[i]!) / rootShare + EPSILON);
    }
  }
}

/**
 * Adam with weight decay apart from the gradient: w ← w − rate · λ w, then Adam's step. As a part of the gradient, the
 * decay would be divided by √ŝ, so that weights with large gradients would decay least. Loshchilov and Hutter 2019,
 * "Decoupled weight decay regularization", algorithm 2.
 */
export class AdamW extends Adam {
  protected override decay(w: Numbers): void {
    for (let i = 0; i < w.length; i++) w[i]! -= this.learningRate * this.weightDecay * w[i]!;
  }
}
