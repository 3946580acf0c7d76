// The fields of the settings: what each is called, what it may be, and what it does to learning. Says nothing of how
// training works.

/** A whole number or a real one, both ends of the range included. */
export interface NumberField {
  label: string;
  unit: string;
  help: string;
  min: number;
  max: number;
  integer: boolean;
}

export interface ChoiceField {
  label: string;
  help: string;
  /** Value and name of each option. */
  options: Readonly<Record<string, string>>;
}

export const HIDDEN_FIELD = {
  label: 'Hidden units',
  unit: 'units a layer',
  help:
    'How many features the network can learn in each layer between pixels and classes. Without a layer it draws ' +
    'straight borders.',
  min: 1,
  max: 2048,
  maxLayers: 6,
} as const;

export const NUMBER_FIELDS = {
  leakySlope: {
    label: 'Slope below zero',
    unit: 'of the sum',
    help:
      'What leaky ReLU lets through of a negative sum: 0.01 is usual, 0.2 or 0.3 leak much. More keeps silent ' +
      'units learning.',
    min: 0.0001,
    max: 0.99,
    integer: false,
  },
  inputDropout: {
    label: 'Input dropout',
    unit: 'of the pixels',
    help:
      'Share of the pixels that are blanked at random for each training image, so that the network cannot rely ' +
      'on single ones.',
    min: 0,
    max: 0.9,
    integer: false,
  },
  dropout: {
    label: 'Dropout',
    unit: 'of the hidden units',
    help:
      'Share of the hidden units that are silenced at random for each training image, so that no unit relies on ' +
      'another.',
    min: 0,
    max: 0.9,
    integer: false,
  },
  maxNorm: {
    label: 'Max-norm',
    unit: 'length',
    help:
      'The longest that the incoming weights of a hidden unit may become: longer ones are shortened after each ' +
      'update. 0: no limit.',
    min: 0,
    max: 100,
    integer: false,
  },
  learningRate: {
    label: 'Learning rate',
    unit: 'per update',
    help: 'How far each update moves the weights along the gradient: too small learns slowly, too large overshoots.',
    min: 0.000001,
    max: 10,
    integer: false,
  },
  momentum: {
    label: 'Momentum',
    unit: 'kept per update',
    help:
      'Share of the last step that the next one keeps, like a ball that rolls on. With Adam: how long gradients ' +
      'are averaged.',
    min: 0,
    max: 0.999,
    integer: false,
  },
  squareDecay: {
    label: 'Decay of squares',
    unit: 'kept per update',
    help: 'How long RMSprop and Adam remember the size of the gradients by which they scale each step.',
    min: 0,
    max: 0.9999,
    integer: false,
  },
  weightDecay: {
    label: 'Weight decay',
    unit: 'per update',
    help:
      'Pulls all weights a little towards zero at each update, which keeps the network simple. Biases are left ' +
      'alone.',
    min: 0,
    max: 1,
    integer: false,
  },
  clipNorm: {
    label: 'Gradient clipping',
    unit: 'length',
    help: 'The longest that the gradient of all weights together may be: a longer one is shortened. 0: no limit.',
    min: 0,
    max: 1000,
    integer: false,
  },
  labelSmoothing: {
    label: 'Label smoothing',
    unit: 'share',
    help: 'Share of each answer that is spread over all classes, so that the network does not strive to be certain.',
    min: 0,
    max: 0.5,
    integer: false,
  },
  warmupEpochs: {
    label: 'Warm-up',
    unit: 'epochs',
    help: 'How long the learning rate rises from zero in a straight line before its schedule begins.',
    min: 0,
    max: 100,
    integer: false,
  },
  stepEpochs: {
    label: 'A step every',
    unit: 'epochs',
    help: 'After how many epochs the stepped schedule lowers the learning rate, again and again.',
    min: 1,
    max: 1000,
    integer: true,
  },
  stepFactor: {
    label: 'Each step times',
    unit: 'factor',
    help: 'What the stepped schedule multiplies the learning rate with at each step.',
    min: 0.01,
    max: 1,
    integer: false,
  },
  batchSize: {
    label: 'Batch size',
    unit: 'images',
    help: 'How many images are averaged into one gradient: small batches give more, noisier updates.',
    min: 1,
    max: 4096,
    integer: true,
  },
  epochs: {
    label: 'Epochs',
    unit: 'passes',
    help: 'How often training goes through all training images, in a new order each time.',
    min: 1,
    max: 1000,
    integer: true,
  },
  seed: {
    label: 'Random seed',
    unit: 'number',
    help:
      'Starts all random numbers, of first weights, order, dropout and distortions: the same seed gives the same ' +
      'weights.',
    min: 0,
    max: 4294967295,
    integer: true,
  },
  validationShare: {
    label: 'Validation split',
    unit: 'of the training images',
    help:
      'Share of the training images, the same of each class, that is never trained on but watched, to tell ' +
      'learning from memorising.',
    min: 0,
    max: 0.5,
    integer: false,
  },
  patience: {
    label: 'Patience',
    unit: 'epochs',
    help:
      'Training stops early after this many epochs without a better validation accuracy. 0: never. Needs a ' +
      'validation split.',
    min: 0,
    max: 1000,
    integer: true,
  },
  shift: {
    label: 'Shift',
    unit: 'pixels',
    help: 'Moves each training image by up to this far in any direction, anew every time it is shown.',
    min: 0,
    max: 8,
    integer: false,
  },
  rotation: {
    label: 'Rotate',
    unit: 'degrees',
    help: 'Turns each training image by up to this much to either side.',
    min: 0,
    max: 180,
    integer: false,
  },
  scaling: {
    label: 'Scale',
    unit: '%',
    help: 'Makes each training image up to this much larger or smaller, in width and height alike or not.',
    min: 0,
    max: 50,
    integer: false,
  },
  shear: {
    label: 'Shear',
    unit: 'degrees',
    help: 'Slants each training image by up to this much to either side, as handwriting does.',
    min: 0,
    max: 45,
    integer: false,
  },
  elasticStrength: {
    label: 'Elastic strength',
    unit: 'pixels',
    help:
      'Pulls each training image about as if drawn on rubber: how strongly (α of Simard et al. 2003; 34 there). ' +
      '0: not at all.',
    min: 0,
    max: 200,
    integer: false,
  },
  elasticSmoothness: {
    label: 'Elastic smoothness',
    unit: 'pixels',
    help:
      'How far neighbouring pixels are pulled alike (σ of Simard et al. 2003; 4 there): small trembles, large ' +
      'bends.',
    min: 1,
    max: 12,
    integer: false,
  },
  threads: {
    label: 'Threads',
    unit: 'threads',
    help:
      'How many cores of the processor the fast engine uses: 0 chooses for you. The weights are the same with ' +
      'any number.',
    min: 0,
    max: 16,
    integer: true,
  },
} as const satisfies Record<string, NumberField>;
export type NumberFieldName = keyof typeof NUMBER_FIELDS;

export const CHOICE_FIELDS = {
  activation: {
    label: 'Activation',
    help: 'The bend after each hidden layer, without which the network could only draw straight borders.',
    options: { relu: 'ReLU', 'leaky-relu': 'Leaky ReLU', sigmoid: 'Sigmoid', tanh: 'Tanh', gelu: 'GELU' },
  },
  initialisation: {
    label: 'First weights',
    help:
      'Their random size: He suits ReLU, Xavier (Glorot) suits tanh and sigmoid; the seed’s are He by the inputs ' +
      'in every layer.',
    options: { he: 'He', xavier: 'Xavier', seed: 'Seed’s' },
  },
  outputFan: {
    label: 'Output weights',
    help:
      'The start of the last layer after He: large (by its outputs) sends larger gradients back than small (by ' +
      'its inputs), so hidden units learn sooner.',
    options: { out: 'Start large', in: 'Start small' },
  },
  optimizer: {
    label: 'Optimizer',
    help:
      'How gradients become steps: SGD takes them as they are, momentum lets them add up, RMSprop and Adam give ' +
      'each weight its own rate.',
    options: {
      sgd: 'SGD',
      momentum: 'Momentum',
      nesterov: 'Nesterov',
      rmsprop: 'RMSprop',
      adam: 'Adam',
      adamw: 'AdamW',
    },
  },
  schedule: {
    label: 'Schedule',
    help:
      'How the learning rate changes during training: large steps find the way, small ones at the end find the ' +
      'spot.',
    options: { constant: 'Constant', step: 'Steps', cosine: 'Cosine', 'one-cycle': 'One cycle' },
  },
  keep: {
    label: 'Weights kept',
    help:
      'At the end: those of the last epoch, or those of the best one by its validation accuracy, never by the ' +
      'test images.',
    options: { last: 'Last', best: 'Best' },
  },
  precision: {
    label: 'Precision',
    help: 'How exactly numbers are kept: float32 is the usual choice, float64 is for comparing digit by digit.',
    options: { float32: 'float32', float64: 'float64' },
  },
  engine: {
    label: 'Engine',
    help:
      'What computes: fast is for training with float32; reference is plain code that is easy to read, and also ' +
      'does float64.',
    options: { fast: 'Fast', reference: 'Reference' },
  },
  gradientDivisions: {
    label: 'Gradient divided',
    help:
      'By the batch size: once gives the mean gradient; twice repeats the fault of the seed program and makes ' +
      'steps tiny.',
    options: { 1: 'Once', 2: 'Twice' },
  },
} as const satisfies Record<string, ChoiceField>;
export type ChoiceFieldName = keyof typeof CHOICE_FIELDS;
