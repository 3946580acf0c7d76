// The numeric settings: what each is called, its range, and what it does to learning.

/** An integer or a real number, both ends of the range included. */
export interface NumberField {
  label: string;
  unit: string;
  help: string;
  min: number;
  max: number;
  integer: boolean;
}

export const NUMBER_FIELDS = {
  leakySlope: {
    label: 'Slope below zero',
    unit: 'of the sum',
    help:
      'The share of a negative sum that leaky ReLU lets through; 0.01 is usual. A larger share keeps ' +
      'silent units learning.',
    min: 0.0001,
    max: 0.99,
    integer: false,
  },
  inputDropout: {
    label: 'Input dropout',
    unit: 'of the pixels',
    help:
      'The share of pixels that are blanked at random for each training image, so that no single pixel can ' +
      'be relied on.',
    min: 0,
    max: 0.9,
    integer: false,
  },
  dropout: {
    label: 'Dropout',
    unit: 'of the hidden units',
    help:
      'The share of hidden units that are silenced at random for each training image, so that no unit ' +
      'relies on another.',
    min: 0,
    max: 0.9,
    integer: false,
  },
  maxNorm: {
    label: 'Max-norm',
    unit: 'length',
    help:
      'The maximum length of a hidden unit’s incoming weights. Longer ones are shortened after each ' +
      'update. 0: no limit.',
    min: 0,
    max: 100,
    integer: false,
  },
  learningRate: {
    label: 'Learning rate',
    unit: 'per update',
    help: 'How far each update moves the weights along the gradient. Too small is slow, too large overshoots.',
    min: 0.000001,
    max: 10,
    integer: false,
  },
  momentum: {
    label: 'Momentum',
    unit: 'kept per update',
    help:
      'The share of the last step that the next one keeps, like a ball that rolls on. For Adam, how long ' +
      'gradients are averaged.',
    min: 0,
    max: 0.999,
    integer: false,
  },
  squareDecay: {
    label: 'Decay of squares',
    unit: 'kept per update',
    help: 'How long RMSprop and Adam remember the size of past gradients, by which they scale each step.',
    min: 0,
    max: 0.9999,
    integer: false,
  },
  weightDecay: {
    label: 'Weight decay',
    unit: 'per update',
    help: 'Pulls all weights, but not biases, a little towards zero at each update, which keeps the network simple.',
    min: 0,
    max: 1,
    integer: false,
  },
  clipNorm: {
    label: 'Gradient clipping',
    unit: 'length',
    help: 'The maximum length of the gradient of all weights together. A longer one is shortened. 0: no limit.',
    min: 0,
    max: 1000,
    integer: false,
  },
  labelSmoothing: {
    label: 'Label smoothing',
    unit: 'share',
    help:
      'The share of each target that is spread over all classes, so that the network does not strive to be ' +
      'certain.',
    min: 0,
    max: 0.5,
    integer: false,
  },
  warmupEpochs: {
    label: 'Warm-up',
    unit: 'epochs',
    help: 'How long the learning rate rises in a straight line from zero before its schedule begins.',
    min: 0,
    max: 100,
    integer: false,
  },
  stepEpochs: {
    label: 'Step every',
    unit: 'epochs',
    help: 'How many epochs pass before the stepped schedule lowers the learning rate again.',
    min: 1,
    max: 1000,
    integer: true,
  },
  stepFactor: {
    label: 'Step factor',
    unit: 'times',
    help: 'The factor by which the stepped schedule multiplies the learning rate at each step.',
    min: 0.01,
    max: 1,
    integer: false,
  },
  batchSize: {
    label: 'Batch size',
    unit: 'images',
    help: 'How many images are averaged into one gradient. Small batches give more, noisier updates.',
    min: 1,
    max: 4096,
    integer: true,
  },
  epochs: {
    label: 'Epochs',
    unit: 'passes',
    help: 'How many times training goes through all training images, each time in a new random order.',
    min: 1,
    max: 1000,
    integer: true,
  },
  seed: {
    label: 'Random seed',
    unit: 'number',
    help:
      'Starts all random numbers: initial weights, image order, dropout, augmentation. The same seed gives ' +
      'the same weights.',
    min: 0,
    max: 4294967295,
    integer: true,
  },
  validationShare: {
    label: 'Validation split',
    unit: 'of the training images',
    help: 'The share of training images of each class that is set aside, to tell learning from memorizing.',
    min: 0,
    max: 0.5,
    integer: false,
  },
  patience: {
    label: 'Patience',
    unit: 'epochs',
    help:
      'Stops training early after this many epochs without a better validation accuracy. 0: never. Needs a ' +
      'validation split.',
    min: 0,
    max: 1000,
    integer: true,
  },
  shift: {
    label: 'Shift',
    unit: 'pixels',
    help: 'Moves each training image by up to this far in any direction, differently in each epoch.',
    min: 0,
    max: 8,
    integer: false,
  },
  rotation: {
    label: 'Rotate',
    unit: 'degrees',
    help: 'Rotates each training image by up to this angle in either direction.',
    min: 0,
    max: 180,
    integer: false,
  },
  scaling: {
    label: 'Scale',
    unit: '%',
    help: 'Makes each training image up to this much larger or smaller, in width and height separately.',
    min: 0,
    max: 50,
    integer: false,
  },
  shear: {
    label: 'Shear',
    unit: 'degrees',
    help: 'Slants each training image by up to this angle in either direction, as handwriting does.',
    min: 0,
    max: 45,
    integer: false,
  },
  elasticStrength: {
    label: 'Elastic strength',
    unit: 'pixels',
    help:
      'How strongly each training image is pulled about, as if drawn on rubber (α of Simard et al. 2003, ' +
      'who used 34). 0: not at all.',
    min: 0,
    max: 200,
    integer: false,
  },
  elasticSmoothness: {
    label: 'Elastic smoothness',
    unit: 'pixels',
    help:
      'How far neighbouring pixels are pulled alike (σ of Simard et al. 2003, who used 4). Small values ' +
      'tremble, large ones curve.',
    min: 1,
    max: 12,
    integer: false,
  },
  threads: {
    label: 'Threads',
    unit: 'threads',
    help: 'How many processor cores the fast engine uses. 0: automatic. The weights are the same with any number.',
    min: 0,
    max: 16,
    integer: true,
  },
} as const satisfies Record<string, NumberField>;
export type NumberFieldName = keyof typeof NUMBER_FIELDS;
