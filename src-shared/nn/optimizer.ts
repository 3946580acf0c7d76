// What all learning rules have in common: parameters, weight decay, and a memory of past gradients.
import type { Matrix, Numbers } from './matrix';
import type { Parameter } from './module';

export interface OptimizerOptions {
  learningRate: number;
  /** 0 to 1; 0.9 if left out. */
  momentum?: number;
  /** 0 to 1; 0.999 if left out. */
  squareDecay?: number;
  /** λ, 0 or more; 0 if left out. */
  weightDecay?: number;
}

export abstract class Optimizer {
  /** May change between steps, as may momentum. */
  learningRate: number;
  /** μ, or β₁ of Adam: how much of the last step the next one keeps. */
  momentum: number;
  /** α of RMSprop, or β₂ of Adam: how long the optimizer remembers the size of gradients. */
  readonly squareDecay: number;
  readonly weightDecay: number;
  /** Steps made so far. */
  updates = 0;
  /** Product of the momenta of these steps: the share that Adam's initial mean of 0 still has in its mean. */
  momentumProduct = 1;
  /** moments[k][parameter], of the parameter's shape; 0 before the first step. */
  readonly moments: readonly Matrix[][];

  /** @param moments how many averages the rule keeps of each parameter */
  protected constructor(
    private readonly parameters: readonly Parameter[],
    { learningRate, momentum = 0.9, squareDecay = 0.999, weightDecay = 0 }: OptimizerOptions,
    moments: number,
  ) {
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.squareDecay = squareDecay;
    this.weightDecay = weightDecay;
    this.moments = Array.from({ length: moments }, () => parameters.map(({ value }) => value.zerosLike()));
  }

  /** Sets all gradients to zero: needed before each batch, because backward adds to them. */
  zeroGrad(): void {
    for (const { gradient } of this.parameters) gradient.data.fill(0);
  }

  /** One update, downhill on the loss that the gradients belong to. */
  step(): void {
    this.updates++;
    this.momentumProduct *= this.momentum;
    this.parameters.forEach(({ kind, value, gradient }, index) => {
      // A bias only shifts a unit: keeping it small would not make the network simpler.
      if (kind === 'weight' && this.weightDecay > 0) this.decay(value.data, gradient.data);
      this.update(value.data, gradient.data, ...this.moments.map((moment) => moment[index]!.data));
    });
  }

  /** Updates the numbers w of one parameter and its moments by its gradient g. */
  protected abstract update(w: Numbers, g: Numbers, ...moments: Numbers[]): void;

  /** g ← g + λ w, the gradient of the penalty λ/2 Σ w² on large weights ("L2"). */
  protected decay(w: Numbers, g: Numbers): void {
    for (let i = 0; i < w.length; i++) g[i]! += this.weightDecay * w[i]!;
  }
}
