// What all learning rules have in common: parameters, weight decay, and a memory of past gradients.
import type { Settings } from '../settings/settings';
import type { Matrix, Numbers } from './matrix';
import type { Module, Parameter } from './module';

export type OptimizerOptions = Pick<Settings, 'learningRate'> &
  Partial<Pick<Settings, 'momentum' | 'squareDecay' | 'weightDecay'>>;

export abstract class Optimizer {
  /** May change between steps, as may momentum. */
  learningRate: number;
  /** μ, or β₁ of Adam: how much of the last step the next one keeps */
  momentum: number;
  /** α of RMSprop, or β₂ of Adam: how long the size of gradients is remembered */
  readonly squareDecay: number;
  readonly weightDecay: number;
  /** Steps made so far. */
  updates = 0;
  /** Product of the momenta of these steps: the share of Adam's mean that is still its beginning at 0. */
  momentumProduct = 1;
  /** What is remembered of each parameter: moments[k][parameter], of the parameter's shape. 0 before the first step. */
  readonly moments: readonly Matrix[][];
  private readonly parameters: readonly Parameter[];

  /** @param moments how many numbers are remembered of each parameter */
  protected constructor(
    private readonly model: Module,
    { learningRate, momentum = 0.9, squareDecay = 0.999, weightDecay = 0 }: OptimizerOptions,
    moments: number,
  ) {
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.squareDecay = squareDecay;
    this.weightDecay = weightDecay;
    this.parameters = model.parameters();
    this.moments = Array.from({ length: moments }, () => this.parameters.map(({ value }) => value.zerosLike()));
  }

  /** One update, downhill on the loss of the batch that the gradients come from. */
  step(): void {
    this.updates++;
    this.momentumProduct *= this.momentum;
    this.parameters.forEach(({ kind, value, gradient }, index) => {
      // A bias only shifts a unit: keeping it small would make the network no simpler.
      if (kind === 'weight' && this.weightDecay > 0) this.decay(value.data, gradient.data);
      this.update(value.data, gradient.data, ...this.moments.map((moment) => moment[index]!.data));
    });
  }

  /** Sets all gradients to zero, ready for the next batch. */
  zeroGrad(): void {
    this.model.zeroGrad();
  }

  /** Moves the numbers w of one parameter by its gradient g, and its moments on. */
  protected abstract update(w: Numbers, g: Numbers, ...moments: Numbers[]): void;

  /** g ← g + λ w, the gradient of the penalty λ/2 Σ w² on large weights ("L2"). */
  protected decay(w: Numbers, g: Numbers): void {
    for (let i = 0; i < w.length; i++) g[i]! += this.weightDecay * w[i]!;
  }
}
