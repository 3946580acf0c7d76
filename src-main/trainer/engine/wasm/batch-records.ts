// Writes for the kernels what differs from batch to batch: the learning rate, Adam's corrections, and the keys of
// random numbers.
import { mix, updateKey } from '../../../../src-shared/nn/counter-random';
import type { Settings } from '../../../../src-shared/settings/settings';
import { bytesOf, fieldWords } from './structures';

const WORDS = bytesOf('Batch') / 4;
const HIDDEN_KEYS = ['hiddenKey0', 'hiddenKey1', 'hiddenKey2', 'hiddenKey3', 'hiddenKey4', 'hiddenKey5'] as const;
const AT = fieldWords('Batch', [
  'learningRate',
  'meanCorrection',
  'rootCorrection',
  'weightStep',
  'inputKey',
  'augmentKey',
  ...HIDDEN_KEYS,
]);

export interface BatchRecords {
  /** One for each batch. */
  learningRates: ArrayLike<number>;
  /** Updates made before the first batch. */
  updates: number;
  momentum: number;
  /** Product of the momenta of those updates. */
  momentumProduct: number;
}

/** Fills the kernels' Batch structures, one after the other, from an address on. */
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
    const start = b * WORDS;
    const update = updates + b;
    const hidden = updateKey(seed, 'hiddenDropout', update);
    product *= momentum;
    floats[start + AT.learningRate] = learningRates[b]!;
    floats[start + AT.meanCorrection] = 1 / (1 - product);
    floats[start + AT.rootCorrection] = 1 / Math.sqrt(1 - squareDecay ** (update + 1));
    floats[start + AT.weightStep] = learningRates[b]! * weightDecay;
    words[start + AT.inputKey] = updateKey(seed, 'inputDropout', update);
    words[start + AT.augmentKey] = updateKey(seed, 'augmentation', update);
    HIDDEN_KEYS.forEach((key, layer) => (words[start + AT[key]] = mix(hidden + layer)));
  }
}
