// Momentum: steps that add up, like a ball that rolls downhill.
import type { Numbers } from './matrix';
import type { Parameter } from './module';
import { Optimizer, type OptimizerOptions } from './optimizer';

/**
 * v ← μ v + g, w ← w − rate · v. If gradients agree, steps grow up to 1 / (1 − μ) times; if they do not, they cancel.
 * Polyak 1964, "Some methods of speeding up the convergence of iteration methods".
 */
export class Momentum extends Optimizer {
  constructor(parameters: readonly Parameter[], options: OptimizerOptions) {
    super(parameters, options, 1);
  }

  protected update(w: Numbers, g: Numbers, v: Numbers): void {
    for (let i = 0; i < w.length; i++) {
      v[i] = this.momentum * v[i]! + g[i]!;
      w[i]! -= this.learningRate * v[i]!;
    }
  }
}

/**
 * v ← μ v + g, w ← w − rate · (g + μ v): one step ahead, as if the gradient were taken where the ball is going.
 * Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning", in PyTorch's form.
 */
export class Nesterov extends Optimizer {
  constructor(parameters: readonly Parameter[], options: OptimizerOptions) {
    super(parameters, options, 1);
  }

  protected update(w: Numbers, g: Numbers, v: Numbers): void {
    for (let i = 0; i < w.length; i++) {
      v[i] = this.momentum * v[i]! + g[i]!;
      w[i]! -= this.learningRate * (g[i]! + this.momentum * v[i]!);
    }
  }
}
