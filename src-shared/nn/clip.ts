// Gradient clipping: keeps one bad batch from throwing the weights far away.
import type { Parameter } from './module';

/** Keeps a division from ending at 0; PyTorch's clip_grad_norm_ has the same. */
const EPSILON = 1e-6;

/**
 * Shortens the gradient of all parameters together, seen as one long vector, to this length where it is longer: its
 * direction stays. Done before weight decay is added. Pascanu et al. 2013, "On the difficulty of training recurrent
 * neural networks", algorithm 1.
 */
export function clipGradients(parameters: readonly Parameter[], clipNorm: number): void {
  let squares = 0;
  for (const { gradient } of parameters) for (const g of gradient.data) squares += g * g;
  const scale = clipNorm / (Math.sqrt(squares) + EPSILON);
  if (scale >= 1) return;
  for (const { gradient } of parameters) {
    const g = gradient.data;
    for (let i = 0; i < g.length; i++) g[i]! *= scale;
  }
}
