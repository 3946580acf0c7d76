// Activations: the bend after each hidden layer. Without one, two linear layers would be no more than one.
// Each works on every number alone, and remembers its output a, from which the slope da/dz follows.
import type { Activation } from '../../../src-shared/settings';
import type { Matrix } from './matrix';
import { Module } from './module';

abstract class ElementwiseActivation extends Module {
  private output: Matrix | undefined;

  /** a = f(z) */
  protected abstract value(z: number): number;

  /** da/dz, from a = f(z) */
  protected abstract slope(a: number): number;

  forward(input: Matrix): Matrix {
    this.output = input.zerosLike();
    const z = input.data;
    const a = this.output.data;
    for (let i = 0; i < a.length; i++) a[i] = this.value(z[i]!);
    return this.output;
  }

  backward(dOutput: Matrix): Matrix {
    const dInput = dOutput.zerosLike();
    const a = this.output!.data;
    const da = dOutput.data;
    const dz = dInput.data;
    for (let i = 0; i < dz.length; i++) dz[i] = da[i]! * this.slope(a[i]!);
    return dInput;
  }
}

/** 1 / (1 + e^−z): from 0 to 1, steepest at z = 0. */
export class Sigmoid extends ElementwiseActivation {
  protected value(z: number): number {
    const clipped = Math.min(30, Math.max(-30, z)); // e^30 is far from overflow, and the sigmoid of 30 is 1 − 1e-13
    return 1 / (1 + Math.exp(-clipped));
  }

  protected slope(a: number): number {
    return a * (1 - a);
  }
}

/** max(0, z): lets positive numbers pass and holds the others back. */
export class ReLU extends ElementwiseActivation {
  protected value(z: number): number {
    return z < 0 ? 0 : z; // not Math.max or z > 0: NaN must stay NaN, so that a run that diverged is noticed
  }

  protected slope(a: number): number {
    return a > 0 ? 1 : 0;
  }
}

/** The hyperbolic tangent: like the sigmoid, but from −1 to 1. */
export class Tanh extends ElementwiseActivation {
  protected value(z: number): number {
    return Math.tanh(z);
  }

  protected slope(a: number): number {
    return 1 - a * a;
  }
}

export function createActivation(name: Activation): Module {
  const activations = { sigmoid: Sigmoid, relu: ReLU, tanh: Tanh };
  return new activations[name]();
}
