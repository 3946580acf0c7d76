// Momentum: steps that add up, like a ball that rolls downhill instead of one that stops after each push.
import type { Numbers } from './matrix';
import type { Module } from './module';
import { Optimizer, type OptimizerOptions } from './optimizer';

/**
 * v ← μ v + g, w ← w − rate · v. Where gradients agree, steps grow up to 1 / (1 − μ) times; where they do not, they
 * cancel. Polyak 1964, "Some methods of speeding up the convergence of iteration methods".
 */
export class Momentum extends Optimizer {
  constructor(model: Module, options: OptimizerOptions) {
    super(model, options, 1);
  }

  protected update(w: Numbers, g: Numbers, v: Numbers): void {
    for (let i = 0; i < w.length; i++) {
      v[i] = this.momentum * v[i]! + g[i]!;
      w[i]! -= this.learningRate * v[i]!;
    }
  }
}

/**
 * v ← μ v + g, w ← w − rate · (g + μ v): looks one step ahead, as if the gradient had been taken where the ball rolls
 * to. Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning", in the form that
 * PyTorch uses.
 */
export class Nesterov extends Optimizer {
  constructor(model: Module, options: OptimizerOptions) {
    super(model, options, 1);
  }

  protected update(w: Numbers, g: Numbers, v: Numbers): void {
    for (let i = 0; i < w.length; i++) {
      v[i] = this.momentum * v[i]! + g[i]!;
      w[i]! -= this.learningRate * (g[i]! + this.momentum * v[i]!);
    }
  }
}
