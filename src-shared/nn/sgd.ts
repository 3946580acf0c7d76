// Stochastic gradient descent: the simplest rule that turns gradients into learning.
import type { Numbers } from './matrix';
import type { Parameter } from './module';
import { Optimizer, type OptimizerOptions } from './optimizer';

/** w ← w − rate · g: a step downhill, the longer the steeper the slope. */
export class SGD extends Optimizer {
  constructor(parameters: readonly Parameter[], options: OptimizerOptions) {
    super(parameters, options, 0);
  }

  protected update(w: Numbers, g: Numbers): void {
    for (let i = 0; i < w.length; i++) w[i]! -= this.learningRate * g[i]!;
  }
}
