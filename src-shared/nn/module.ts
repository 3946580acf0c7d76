// The one idea behind every layer of a network: compute forwards, send gradients backwards.
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
   * @param input [batch, in], one example per row
   * @returns [batch, out]; remembers what backward needs
   */
  abstract forward(input: Matrix): Matrix;

  /**
   * The chain rule, for the input of the last forward. Adds the gradients of the module's parameters to what
   * `gradient` already holds, so that gradients of several batches can be summed: zero them before each update.
   * @param dOutput [batch, out], the gradient of the loss with respect to the output
   * @returns [batch, in], the gradient of the loss with respect to the input
   */
  abstract backward(dOutput: Matrix): Matrix;

  /** What training adjusts; nothing in most modules. */
  parameters(): Parameter[] {
    return [];
  }
}
