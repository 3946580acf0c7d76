// Activations: the non-linearity after each hidden layer. Without one, two linear layers could do no more than one.
// Each is applied element by element, and remembers its input z and output a, from which the slope da/dz follows.
import { erf } from './erf';
import type { Matrix } from './matrix';
import { Module } from './module';

abstract class ElementwiseActivation extends Module {
  private input: Matrix | undefined;
  private output: Matrix | undefined;

  /** a = f(z) */
  protected abstract value(z: number): number;

  /** da/dz, from a alone if that is enough */
  protected abstract slope(a: number, z: number): number;

  forward(input: Matrix): Matrix {
    this.input = input;
    this.output = input.zerosLike();
    const z = input.data;
    const a = this.output.data;
    for (let i = 0; i < a.length; i++) a[i] = this.value(z[i]!);
    return this.output;
  }

  backward(dOutput: Matrix): Matrix {
    const dInput = dOutput.zerosLike();
    const z = this.input!.data;
    const a = this.output!.data;
    const da = dOutput.data;
    const dz = dInput.data;
    for (let i = 0; i < dz.length; i++) dz[i] = da[i]! * this.slope(a[i]!, z[i]!);
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

/** max(0, z): passes positive numbers on and blocks the others. */
export class ReLU extends ElementwiseActivation {
  protected value(z: number): number {
    return z < 0 ? 0 : z; // not z > 0: NaN must stay NaN, so that a run that diverged is noticed
  }

  protected slope(a: number): number {
    return a > 0 ? 1 : 0;
  }
}

/**
 * z, or a small share of z if z is negative: like ReLU, but a unit whose sum is always negative still learns.
 * Maas et al. 2013, "Rectifier nonlinearities improve neural network acoustic models", section 2, with a share of 0.01.
 */
export class LeakyReLU extends ElementwiseActivation {
  /** @param leak the slope for negative z, between 0 and 1 */
  constructor(private readonly leak: number) {
    super();
  }

  protected value(z: number): number {
    return z < 0 ? this.leak * z : z;
  }

  protected slope(a: number): number {
    return a > 0 ? 1 : this.leak;
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

/**
 * z Φ(z), with Φ(z) = (1 + erf(z/√2)) / 2 the probability that a standard normal number is below z: ReLU with a round
 * corner. Hendrycks and Gimpel 2016, "Gaussian error linear units", section 2. The curve falls before it rises, so two
 * z can share one a: the slope Φ(z) + z φ(z), with φ the bell curve, is computed from z.
 */
export class GELU extends ElementwiseActivation {
  protected value(z: number): number {
    return z * normalCdf(z);
  }

  protected slope(_a: number, z: number): number {
    const bell = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    return normalCdf(z) + z * bell;
  }
}

/** Φ(z), the standard normal distribution function. */
function normalCdf(z: number): number {
  return (1 + erf(z / Math.SQRT2)) / 2;
}

const ACTIVATIONS = { relu: ReLU, sigmoid: Sigmoid, tanh: Tanh, gelu: GELU };

export interface ActivationOptions {
  activation: keyof typeof ACTIVATIONS | 'leaky-relu';
  /** Of leaky ReLU, between 0 and 1. */
  leakySlope?: number;
}

export function createActivation({ activation, leakySlope = 0.01 }: ActivationOptions): Module {
  return activation === 'leaky-relu' ? new LeakyReLU(leakySlope) : new ACTIVATIONS[activation]();
}
