// Which networks are trained with which builds of the kernels, and what comes out. Apart from the training, because a
// test that only compares has no kernels.
import type { Simd } from '../../../src-main/trainer/engine/wasm/kernels';
import { PLAIN_SETTINGS } from '../../../src-shared/settings/presets';
import type { Settings } from '../../../src-shared/settings/settings';

export const BUILDS: readonly Simd[] = ['plain', 'relaxed', 'wide'];

/** 784-256-10, and one that takes most kernels. */
export const NETWORKS = {
  'plain SGD': PLAIN_SETTINGS,
  'Adam with everything on': {
    ...PLAIN_SETTINGS,
    hidden: [128, 64],
    activation: 'gelu',
    optimizer: 'adam',
    learningRate: 0.001,
    weightDecay: 0.0001,
    clipNorm: 1,
    maxNorm: 2,
    dropout: 0.2,
    inputDropout: 0.1,
    labelSmoothing: 0.1,
    rotation: 10,
    elasticStrength: 34,
  },
} as const satisfies Record<string, Settings>;
export type NetworkName = keyof typeof NETWORKS;

export interface TrainedEpoch {
  simd: Simd;
  network: NetworkName;
  /** SHA-256 of all weights, their optimizer's memory included */
  weights: string;
  /** Mean of the last hundred batches */
  loss: number;
  seconds: number;
}
