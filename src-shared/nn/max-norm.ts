// Max-norm: bounds the weights of each hidden unit. Used with dropout and large learning rates.
import type { Linear } from './linear';

/**
 * Shortens the incoming weights of each unit (a column of W [in, out], without the bias) to this length (L2) if they
 * are longer: w ← w · c / |w|. Call it after each update, for hidden layers only. Srivastava et al. 2014, "Dropout: a
 * simple way to prevent neural networks from overfitting", section 5.1.
 */
export function limitNorms({ inputs, outputs, weight }: Linear, maxNorm: number): void {
  const w = weight.value.data;
  for (let j = 0; j < outputs; j++) {
    let squares = 0;
    for (let i = 0; i < inputs; i++) squares += w[i * outputs + j]! ** 2;
    const length = Math.sqrt(squares);
    if (length <= maxNorm) continue;
    for (let i = 0; i < inputs; i++) w[i * outputs + j]! *= maxNorm / length;
  }
}
