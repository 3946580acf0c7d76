// What happens if a setting is raised or lowered, by which other words it is found, and the glossary's term for it.
import type { FieldName } from '../../src-shared/settings/settings';

export interface Advice {
  raise: string;
  lower: string;
}

/** Each goes on after "Raise it:" or "Lower it:". */
export const ADVICE: Partial<Record<FieldName, Advice>> = {
  hidden: {
    raise: 'it can learn more, takes longer, and memorizes sooner.',
    lower: 'fast and simple, but it misses finer differences.',
  },
  learningRate: {
    raise: 'learns faster, until the loss jumps about or grows without end.',
    lower: 'steadier and more exact, but needs more epochs.',
  },
  epochs: {
    raise: 'more time to learn. If the test loss rises, it has begun to memorize.',
    lower: 'done sooner, perhaps before all is learned.',
  },
  batchSize: {
    raise: 'smoother curves and faster epochs, but fewer updates. A larger learning rate often suits it.',
    lower: 'more, noisier updates, and slower epochs.',
  },
  dropout: {
    raise: 'memorizes less, but learns more slowly.',
    lower: 'learns faster, but memorizes sooner.',
  },
  inputDropout: {
    raise: 'relies less on single pixels; too much hides the digit.',
    lower: 'sees more of each digit, but memorizes sooner.',
  },
  momentum: {
    raise: 'rolls on faster and over bumps; too much overshoots.',
    lower: 'follows each batch more closely, and more slowly.',
  },
  weightDecay: {
    raise: 'smaller weights that memorize less; too much and little is learned.',
    lower: 'freer weights that memorize sooner.',
  },
  clipNorm: {
    raise: 'lets larger steps through.',
    lower: 'tames jumps of the loss, but slows learning.',
  },
  validationShare: {
    raise: 'a more exact check, with fewer images to learn from.',
    lower: 'more images to learn from, with a rougher check.',
  },
};

/** Other words for a setting. The options of a choice are found without being listed here. */
export const SYNONYMS: Partial<Record<FieldName, readonly string[]>> = {
  hidden: ['layers', 'neurons', 'architecture', 'width', 'depth'],
  learningRate: ['lr', 'step size', 'eta'],
  epochs: ['passes', 'duration'],
  batchSize: ['minibatch'],
  dropout: ['regularization'],
  initialisation: ['glorot', 'starting weights'],
  momentum: ['beta1', 'β₁'],
  squareDecay: ['beta2', 'β₂', 'rho'],
  clipNorm: ['exploding gradients'],
  schedule: ['annealing', 'learning rate decay'],
  weightDecay: ['L2', 'regularization', 'lambda'],
  shift: ['translate', 'augmentation'],
  rotation: ['turn', 'augmentation'],
  shear: ['slant', 'skew', 'augmentation'],
  elasticStrength: ['distortion', 'augmentation'],
  validationShare: ['hold out'],
  patience: ['early stopping'],
  keep: ['best weights'],
  seed: ['reproducible'],
};

/** Terms of the glossary. */
export const TERMS: Partial<Record<FieldName, string>> = {
  hidden: 'Layer',
  learningRate: 'Learning rate',
  epochs: 'Epoch',
  batchSize: 'Batch',
  dropout: 'Dropout',
  inputDropout: 'Dropout',
  activation: 'Activation',
  optimizer: 'Optimizer',
  momentum: 'Momentum',
  weightDecay: 'Overfitting',
  validationShare: 'Validation',
  seed: 'Seed',
};
