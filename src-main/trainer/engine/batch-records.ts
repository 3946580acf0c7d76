// What belongs to one batch of the kernels' work: its learning rate, what Adam needs of its number, the keys of its
// random numbers.
import { mix, updateKey } from '../../../src-shared/nn/counter-random';
import type { Settings } from '../../../src-shared/settings/settings';
import { RECORD_BYTES } from './wasm/memory-layout';

const WORDS = RECORD_BYTES / 4;
const HIDDEN_LAYERS = 6;

export interface BatchRecords {
  /** One for each batch. */
  learningRates: ArrayLike<number>;
  /** Updates made before the first of them. */
  updates: number;
  momentum: number;
  /** Product of the momenta of those updates. */
  momentumProduct: number;
}

/** Fills the kernels' Batch structures from an address on: plan.ts names the same fields in the same order. */
export function writeBatchRecords(
  buffer: ArrayBufferLike,
  at: number,
  { seed, squareDecay, weightDecay }: Settings,
  { learningRates, updates, momentum, momentumProduct }: BatchRecords,
): void {
  const floats = new Float32Array(buffer, at, learningRates.length * WORDS);
  const words = new Uint32Array(buffer, at, learningRates.length * WORDS);
  let product = momentumProduct;
  for (let b = 0; b < learningRates.length; b++) {
    const update = updates + b;
    const hidden = updateKey(seed, 'hiddenDropout', update);
    floats[b * WORDS] = learningRates[b]!;
    product *= momentum;
    floats[b * WORDS + 1] = 1 / (1 - product);
    floats[b * WORDS + 2] = 1 / Math.sqrt(1 - squareDecay ** (update + 1));
    floats[b * WORDS + 3] = learningRates[b]! * weightDecay;
    words[b * WORDS + 4] = updateKey(seed, 'inputDropout', update);
    words[b * WORDS + 5] = updateKey(seed, 'augmentation', update);
    for (let l = 0; l < HIDDEN_LAYERS; l++) words[b * WORDS + 6 + l] = mix(hidden + l);
  }
}
