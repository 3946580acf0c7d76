// The one idea behind every part of a network: it computes forwards, and sends gradients backwards.
import type { Matrix } from './matrix';

/** Numbers that training adjusts, and the gradient of the loss with respect to each of them. */
export interface Parameter {
  /** Weight decay leaves biases alone. */
  kind: 'weight' | 'bias';
  value: Matrix;
  gradient: Matrix;
}

export abstract class Module {
  /**
   * @param input [batch, in], one example a row
   * @returns [batch, out]; what backward needs is remembered
   */
  abstract forward(input: Matrix): Matrix;

  /**
   * The chain rule, for the input of the last forward. Gradients of parameters are added to what is there already.
   * @param dOutput [batch, out], the gradient of the loss with respect to the output
   * @returns [batch, in], the gradient of the loss with respect to the input
   */
  abstract backward(dOutput: Matrix): Matrix;

  /** All parameters, from the input to the output. */
  parameters(): Parameter[] {
    return [];
  }

  /** Sets all gradients to zero: done before each batch, because backward adds. */
  zeroGrad(): void {
    for (const { gradient } of this.parameters()) gradient.data.fill(0);
  }
}
