// Dropout: silences units at random while training, so that no unit can rely on another.
// Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting".
import { dropThreshold, mix, randomBits, updateKey } from './counter-random';
import type { Matrix } from './matrix';
import { Module } from './module';

/** What determines the masks of one update. */
export interface MaskDraw {
  seed: number;
  /** Updates made before this one: each has its own masks. */
  update: number;
  /** The probability that a hidden unit is dropped. */
  dropout: number;
  /** The probability that a pixel is dropped. */
  inputDropout: number;
}

/** The key of the random numbers that drop pixels. */
export function inputMaskKey({ seed, update }: MaskDraw): number {
  return updateKey(seed, 'inputDropout', update);
}

/** The key of the random numbers that drop units of a hidden layer, 0 for the first. */
export function hiddenMaskKey({ seed, update }: MaskDraw, layer: number): number {
  return mix(updateKey(seed, 'hiddenDropout', update) + layer);
}

/**
 * y = x · mask, element by element. Each image has its own mask: 0 with probability p, and otherwise 1 / (1 − p), so
 * that the mean of y is x ("inverted dropout"). Predictions then need no correction: they use no mask.
 */
export class Dropout extends Module {
  /** [batch, units]; undefined if the last forward dropped nothing. */
  private mask: Matrix | undefined;

  /**
   * @param input [batch, units]
   * @param probability that a unit is dropped; 0 for predictions
   * @param key of this layer and update: the same key drops the same units
   */
  forward(input: Matrix, probability = 0, key = 0): Matrix {
    this.mask = probability > 0 ? drawMask(input.zerosLike(), probability, key) : undefined;
    return this.mask ? product(input, this.mask) : input;
  }

  /** dx = dy · mask: no gradient reaches a unit that was silent. */
  backward(dOutput: Matrix): Matrix {
    return this.mask ? product(dOutput, this.mask) : dOutput;
  }
}

/** Fills a mask [batch, units]. In float32, 1 / (1 − p) is rounded. */
function drawMask(mask: Matrix, probability: number, key: number): Matrix {
  const threshold = dropThreshold(probability);
  for (let n = 0; n < mask.rows; n++) {
    const row = mask.row(n);
    for (let j = 0; j < row.length; j++) row[j] = randomBits(key, n, j) >= threshold ? 1 / (1 - probability) : 0;
  }
  return mask;
}

function product(matrix: Matrix, mask: Matrix): Matrix {
  const result = matrix.zerosLike();
  for (let i = 0; i < result.data.length; i++) result.data[i] = matrix.data[i]! * mask.data[i]!;
  return result;
}
