// The learning rules by name.
import { Adam, AdamW } from './adam';
import type { Parameter } from './module';
import { Momentum, Nesterov } from './momentum';
import type { Optimizer, OptimizerOptions } from './optimizer';
import { RMSprop } from './rmsprop';
import { SGD } from './sgd';

const OPTIMIZERS = { sgd: SGD, momentum: Momentum, nesterov: Nesterov, rmsprop: RMSprop, adam: Adam, adamw: AdamW };

export function createOptimizer(
  name: keyof typeof OPTIMIZERS,
  parameters: readonly Parameter[],
  options: OptimizerOptions,
): Optimizer {
  return new OPTIMIZERS[name](parameters, options);
}
