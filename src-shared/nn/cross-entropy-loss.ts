// The number that training makes small: how surprised the network is by the right answer.
import { Matrix } from './matrix';

/** The right answers of a batch: class numbers [batch], or rows of 0 with a single 1 [batch, classes]. */
export type Targets = ArrayLike<number> | Matrix;

/**
 * Added to a probability before its logarithm is taken, so that the loss of a hopeless answer is 18.4 and not infinite.
 */
export const LOSS_EPSILON = 1e-8;

/** −log of the probability that was given to the right class. */
export function crossEntropy(probabilityOfTarget: number): number {
  return -Math.log(probabilityOfTarget + LOSS_EPSILON);
}

/** The 1s of one-hot rows as class numbers. Throws a RangeError where a row is not one-hot. */
export function classIndices(targets: Targets): ArrayLike<number> {
  if (!(targets instanceof Matrix)) return targets;
  return Array.from({ length: targets.rows }, (_, n) => {
    const row = targets.row(n);
    const index = row.indexOf(1);
    const others = row.some((value, j) => value !== (j === index ? 1 : 0));
    if (index < 0 || others) throw new RangeError(`Row ${n} of the targets is not one-hot: one 1 and otherwise 0.`);
    return index;
  });
}

/** Writes rows of 0 with a single 1, [batch, classes]. Throws a RangeError at a class that does not exist. */
export function oneHot(indices: ArrayLike<number>, classes: number): Matrix {
  const rows = Matrix.zeros(indices.length, classes, 'float32');
  for (let n = 0; n < indices.length; n++) {
    const target = indices[n]!;
    if (!Number.isInteger(target) || target < 0 || target >= classes) {
      throw new RangeError(`Target ${target} is no class: expected a whole number from 0 to ${classes - 1}.`);
    }
    rows.row(n)[target] = 1;
  }
  return rows;
}

export interface CrossEntropyOptions {
  /**
   * How often the gradient is divided by the batch size. 1 is the gradient of the mean. The seed program divided here
   * and a second time in Linear; as every parameter's gradient is linear in this one, dividing twice here gives the
   * same numbers.
   */
  divisions?: 1 | 2;
  /** ε, the share of each answer that is spread over all classes, 0 to 1. */
  labelSmoothing?: number;
}

/**
 * The mean of −Σ y log(p + 1e-8) over a batch, with y what the probabilities should be: 1 − ε for the right class, and
 * ε / classes more for every class. Without label smoothing (ε = 0) that is −log(p + 1e-8) of the right class. Szegedy
 * et al. 2016, "Rethinking the Inception architecture for computer vision", section 7.
 */
export class CrossEntropyLoss {
  private readonly divisions: 1 | 2;
  private readonly labelSmoothing: number;
  private probabilities: Matrix | undefined;
  private targets: ArrayLike<number> = [];

  constructor({ divisions = 1, labelSmoothing = 0 }: CrossEntropyOptions = {}) {
    this.divisions = divisions;
    this.labelSmoothing = labelSmoothing;
  }

  /**
   * @param probabilities [batch, classes], rows that add up to 1
   * @returns the mean loss of the batch, 0 or more
   */
  forward(probabilities: Matrix, targets: Targets): number {
    this.probabilities = probabilities;
    this.targets = classIndices(targets);
    if (this.targets.length !== probabilities.rows) {
      throw new RangeError(`${probabilities.rows} rows of probabilities, but ${this.targets.length} targets.`);
    }
    let sum = 0;
    for (let n = 0; n < probabilities.rows; n++) {
      probabilities.row(n).forEach((p, j) => (sum += this.wanted(n, j) * crossEntropy(p)));
    }
    return sum / probabilities.rows;
  }

  /**
   * The gradient with respect to the logits, the input of the softmax that made the probabilities: (p − y) / batch.
   * Softmax and logarithm together have this simple slope (Bishop 2006, "Pattern Recognition and Machine
   * Learning", equation 4.109); the 1e-8 is left out of it.
   * @returns [batch, classes]
   */
  backward(): Matrix {
    const probabilities = this.probabilities!;
    const dLogits = probabilities.zerosLike();
    const scale = 1 / probabilities.rows ** this.divisions;
    for (let n = 0; n < probabilities.rows; n++) {
      const p = probabilities.row(n);
      const dz = dLogits.row(n);
      for (let j = 0; j < p.length; j++) dz[j] = (p[j]! - this.wanted(n, j)) * scale;
    }
    return dLogits;
  }

  /** y: the probability that class j of row n should have. */
  private wanted(n: number, j: number): number {
    const oneHot = j === this.targets[n] ? 1 : 0;
    return (1 - this.labelSmoothing) * oneHot + this.labelSmoothing / this.probabilities!.columns;
  }
}
