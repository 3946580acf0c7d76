// Named settings: good starting points, and what others have achieved with networks like ours.
import type { Settings } from './settings';

/** The textbook's network. Every preset lists how it differs from this. */
export const PLAIN_SETTINGS: Settings = {
  hidden: [256],
  activation: 'relu',
  leakySlope: 0.01,
  initialisation: 'he',
  outputFan: 'in',
  inputDropout: 0,
  dropout: 0,
  maxNorm: 0,
  optimizer: 'sgd',
  learningRate: 0.1,
  momentum: 0.9,
  squareDecay: 0.999,
  weightDecay: 0,
  clipNorm: 0,
  labelSmoothing: 0,
  schedule: 'constant',
  warmupEpochs: 0,
  stepEpochs: 10,
  stepFactor: 0.5,
  batchSize: 64,
  epochs: 20,
  seed: 1,
  validationShare: 0,
  patience: 0,
  keep: 'last',
  shift: 0,
  rotation: 0,
  scaling: 0,
  shear: 0,
  elasticStrength: 0,
  elasticSmoothness: 4,
  precision: 'float32',
  gradientDivisions: 1,
  engine: 'fast',
  threads: 0,
};

export interface Preset {
  label: string;
  /** For one line of the settings panel. */
  short: string;
  summary: string;
  settings: Settings;
}

export const PRESETS = {
  seed: {
    label: 'Seed, as written',
    short: 'Faults included: it hardly learns',
    summary: 'The program this app grew from, faults included: its steps are 64 times too small, so it hardly learns.',
    settings: {
      ...PLAIN_SETTINGS,
      activation: 'sigmoid',
      initialisation: 'seed',
      learningRate: 0.001,
      precision: 'float64',
      gradientDivisions: 2,
      engine: 'reference',
    },
  },
  'seed-mended': {
    label: 'Seed, mended',
    short: 'Sigmoid and SGD, as in a textbook',
    summary:
      'The same network, with its gradient divided once and steps of a useful size: sigmoid and plain SGD, as in a ' +
      'textbook.',
    settings: { ...PLAIN_SETTINGS, activation: 'sigmoid', initialisation: 'seed' },
  },
  recommended: {
    label: 'Recommended',
    short: 'A wide layer, Adam and dropout',
    summary:
      'A wide layer, Adam with shrinking steps, and dropout against memorizing: a good start for any dataset of this ' +
      'kind.',
    settings: {
      ...PLAIN_SETTINGS,
      hidden: [512],
      dropout: 0.25,
      optimizer: 'adam',
      learningRate: 0.002,
      schedule: 'cosine',
      batchSize: 128,
    },
  },
  fast: {
    label: 'Fast (98% in seconds)',
    short: 'A small network: 98% in seconds',
    summary: 'A small network and one cycle of the learning rate, which gets far in six epochs.',
    settings: { ...PLAIN_SETTINGS, learningRate: 0.6, schedule: 'one-cycle', epochs: 6 },
  },
  'simard-2003': {
    label: 'Simard 2003: 800 hidden units, elastic',
    short: '800 units, elastic distortion',
    summary: 'One hidden layer that never sees the same image twice: each one is pulled about as if drawn on rubber.',
    settings: {
      ...PLAIN_SETTINGS,
      hidden: [800],
      learningRate: 0.5,
      schedule: 'cosine',
      epochs: 60,
      elasticStrength: 38,
      elasticSmoothness: 5,
    },
  },
  dropout: {
    label: 'Dropout (Srivastava 2014)',
    short: 'Two wide layers, half of them silent',
    summary:
      'Two wide layers with almost half of their units silent at any time, and max-norm: what a network can learn ' +
      'without augmentation.',
    settings: {
      ...PLAIN_SETTINGS,
      hidden: [1024, 1024],
      dropout: 0.45,
      inputDropout: 0.2,
      maxNorm: 3,
      learningRate: 0.3,
      schedule: 'cosine',
      epochs: 60,
    },
  },
  record: {
    label: 'Record attempt',
    short: 'All that helps at once; takes minutes',
    summary:
      'Everything that helps at once: wide layers, elastic distortion, rotation and scaling, small steps at the end. ' +
      'Takes minutes.',
    settings: {
      ...PLAIN_SETTINGS,
      hidden: [1024, 512],
      learningRate: 0.3,
      schedule: 'cosine',
      epochs: 100,
      rotation: 10,
      scaling: 10,
      elasticStrength: 38,
      elasticSmoothness: 5,
    },
  },
} as const satisfies Record<string, Preset>;
export type PresetName = keyof typeof PRESETS;

/** In the order of the list from which one is chosen. */
export const PRESET_GROUPS: readonly (readonly [group: string, names: readonly PresetName[]])[] = [
  ['Start here', ['recommended', 'fast']],
  ['From papers', ['simard-2003', 'dropout']],
  ['More', ['record', 'seed-mended', 'seed']],
];

export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

/** Settings that a preset does not choose. */
const NOT_OF_A_PRESET: readonly (keyof Settings)[] = ['seed', 'threads'];

/** The preset with these settings, whatever the seed and the threads; undefined if there is none. */
export function presetOf(settings: Settings): PresetName | undefined {
  const fields = (Object.keys(settings) as (keyof Settings)[]).filter((field) => !NOT_OF_A_PRESET.includes(field));
  return PRESET_NAMES.find((name) =>
    fields.every((field) => String(PRESETS[name].settings[field]) === String(settings[field])),
  );
}
