// The settings that are not numbers: what each is called, what it can be, and what it does to learning. The numeric
// ones are in number-fields.ts.

export interface ChoiceField {
  label: string;
  help: string;
  /** Name of each option by its value. */
  options: Readonly<Record<string, string>>;
}

export const HIDDEN_FIELD = {
  label: 'Hidden units',
  unit: 'units per layer',
  help:
    'How many features the network can learn in each hidden layer. Without a hidden layer, it can only draw ' +
    'straight borders.',
  min: 1,
  max: 2048,
  maxLayers: 6,
} as const;

export const CHOICE_FIELDS = {
  activation: {
    label: 'Activation',
    help: 'The non-linearity after each hidden layer. Without one, the network could only draw straight borders.',
    options: { relu: 'ReLU', 'leaky-relu': 'Leaky ReLU', sigmoid: 'Sigmoid', tanh: 'Tanh', gelu: 'GELU' },
  },
  initialisation: {
    label: 'Initialization',
    help:
      'The size of the random initial weights: He suits ReLU, Xavier (Glorot) suits tanh and sigmoid. The ' +
      'seed program’s are He by the inputs in every layer.',
    options: { he: 'He', xavier: 'Xavier', seed: 'Seed' },
  },
  outputFan: {
    label: 'Output weights',
    help:
      'How He starts the last layer: large (by its outputs) sends larger gradients back than small (by its ' +
      'inputs), so hidden units learn sooner.',
    options: { out: 'Start large', in: 'Start small' },
  },
  optimizer: {
    label: 'Optimizer',
    help:
      'How gradients become steps: SGD takes them as they are, momentum adds them up, RMSprop and Adam ' +
      'give each weight its own rate.',
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
      'How the learning rate changes during training: large steps find the way, small steps at the end ' +
      'find the spot.',
    options: { constant: 'Constant', step: 'Steps', cosine: 'Cosine', 'one-cycle': 'One cycle' },
  },
  keep: {
    label: 'Weights kept',
    help:
      'Which weights the run ends with: those of the last epoch, or of the best one by validation ' +
      'accuracy, never by the test images.',
    options: { last: 'Last', best: 'Best' },
  },
  precision: {
    label: 'Precision',
    help: 'How exactly numbers are stored: float32 is usual, float64 is for comparing digit by digit.',
    options: { float32: 'float32', float64: 'float64' },
  },
  engine: {
    label: 'Engine',
    help: 'What computes: Fast trains in float32; Reference is plain, readable code that also computes in float64.',
    options: { fast: 'Fast', reference: 'Reference' },
  },
  gradientDivisions: {
    label: 'Gradient divided',
    help:
      'By the batch size: once gives the mean gradient. Twice repeats a fault of the seed program and ' +
      'makes steps tiny.',
    options: { 1: 'Once', 2: 'Twice' },
  },
} as const satisfies Record<string, ChoiceField>;
export type ChoiceFieldName = keyof typeof CHOICE_FIELDS;

/** The label of an option, or the option itself if it is unknown, in a run that a later version of the app stored. */
export function optionLabel(name: ChoiceFieldName, option: string | number): string {
  return (CHOICE_FIELDS[name].options as Readonly<Record<string, string>>)[option] ?? String(option);
}
