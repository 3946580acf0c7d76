// Stochastic gradient descent: the rule that turns gradients into learning.
import type { Module } from './module';

/** value ← value − learningRate × gradient, for every parameter of the model. */
export class SGD {
  constructor(
    private readonly model: Module,
    public learningRate: number,
  ) {}

  /** One update, downhill on the loss of the batch that the gradients come from. */
  step(): void {
    for (const { value, gradient } of this.model.parameters()) {
      const v = value.data;
      const g = gradient.data;
      for (let i = 0; i < v.length; i++) v[i]! -= this.learningRate * g[i]!;
    }
  }

  /** Sets all gradients to zero, ready for the next batch. */
  zeroGrad(): void {
    this.model.zeroGrad();
  }
}
