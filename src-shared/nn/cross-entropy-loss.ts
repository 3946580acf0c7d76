// The number that training makes small: how surprised the network is by the right answer.
import type { Matrix } from './matrix';

/**
 * Added to a probability before taking its logarithm, so that the loss of a class with probability 0 is 18.4 and not
 * infinite.
 */
const EPSILON = 1e-8;

/** −log of the probability of the right class. */
export function crossEntropy(probabilityOfTarget: number): number {
  return -Math.log(probabilityOfTarget + EPSILON);
}

export interface CrossEntropyOptions {
  /** ε, the share of each target that is spread over all classes, 0 to 1. */
  labelSmoothing?: number;
}

/**
 * The mean of −Σ y log(p + 1e-8) over a batch. The target probabilities y are ε / classes for every class, plus 1 − ε
 * for the right one. Without label smoothing (ε = 0) this is −log(p + 1e-8) of the right class. Szegedy et al. 2016,
 * "Rethinking the Inception architecture for computer vision", section 7.
 */
export class CrossEntropyLoss {
  private readonly labelSmoothing: number;
  private probabilities: Matrix | undefined;
  private targets: ArrayLike<number> = [];

  constructor({ labelSmoothing = 0 }: CrossEntropyOptions = {}) {
    this.labelSmoothing = labelSmoothing;
  }

  /**
   * @param probabilities [batch, classes], rows that add up to 1
   * @param targets [batch], the number of the right class of each row
   * @returns the mean loss of the batch, 0 or more
   */
  forward(probabilities: Matrix, targets: ArrayLike<number>): number {
    if (targets.length !== probabilities.rows) {
      throw new RangeError(`${probabilities.rows} rows of probabilities, but ${targets.length} targets.`);
    }
    this.probabilities = probabilities;
    this.targets = targets;
    let sum = 0;
    for (let n = 0; n < probabilities.rows; n++) {
      probabilities.row(n).forEach((p, j) => (sum += this.target(n, j) * crossEntropy(p)));
    }
    return sum / probabilities.rows;
  }

  /**
   * The gradient with respect to the logits, from which softmax made the probabilities: (p − y) / batch. Softmax and
   * logarithm together have this simple slope (Bishop 2006, "Pattern Recognition and Machine Learning", equation
   * 4.109); it leaves out the 1e-8.
   * @param divisor what the sum over the batch is divided by; the batch size for the gradient of the mean loss
   * @returns [batch, classes]
   */
  backward(divisor = this.targets.length): Matrix {
    const probabilities = this.probabilities!;
    const dLogits = probabilities.zerosLike();
    const scale = 1 / divisor;
    for (let n = 0; n < probabilities.rows; n++) {
      const p = probabilities.row(n);
      const dz = dLogits.row(n);
      for (let j = 0; j < p.length; j++) dz[j] = (p[j]! - this.target(n, j)) * scale;
    }
    return dLogits;
  }

  /** y: the probability that class j of row n should have. */
  private target(n: number, j: number): number {
    const oneHot = j === this.targets[n] ? 1 : 0;
    return (1 - this.labelSmoothing) * oneHot + this.labelSmoothing / this.probabilities!.columns;
  }
}
