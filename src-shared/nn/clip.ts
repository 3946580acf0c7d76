// Gradient clipping: one bad batch cannot throw the weights far away.
import type { Parameter } from './module';

/** Prevents a division by 0; the same as in PyTorch's clip_grad_norm_. */
const EPSILON = 1e-6;

/**
 * Shortens the gradient of all parameters, seen as one vector, to this length (L2) if it is longer, and keeps its
 * direction. Call it before Optimizer.step, which adds weight decay. Pascanu et al. 2013, "On the difficulty of
 * training recurrent neural networks", algorithm 1.
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
