// Stochastic gradient descent: the rule that turns gradients into learning.
import type { Numbers } from './matrix';
import type { Module } from './module';
import { Optimizer, type OptimizerOptions } from './optimizer';

/** w ← w − rate · g: a step downhill, the longer the steeper. */
export class SGD extends Optimizer {
  constructor(model: Module, options: OptimizerOptions) {
    super(model, options, 0);
  }

  protected update(w: Numbers, g: Numbers): void {
    for (let i = 0; i < w.length; i++) w[i]! -= this.learningRate * g[i]!;
  }
}
