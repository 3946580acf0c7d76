// Which learning rule a name stands for.
import type { OptimizerName } from '../settings/settings';
import { Adam, AdamW } from './adam';
import type { Module } from './module';
import { Momentum, Nesterov } from './momentum';
import type { Optimizer, OptimizerOptions } from './optimizer';
import { RMSprop } from './rmsprop';
import { SGD } from './sgd';

export function createOptimizer(name: OptimizerName, model: Module, options: OptimizerOptions): Optimizer {
  const optimizers = { sgd: SGD, momentum: Momentum, nesterov: Nesterov, rmsprop: RMSprop, adam: Adam, adamw: AdamW };
  return new optimizers[name](model, options);
}
