// What a user can set before training: fields, ranges, units and help texts, the presets, and the check that every
// process and the command line use. Says nothing of how training works.
import { z } from 'zod';

export const ACTIVATIONS = ['relu', 'sigmoid', 'tanh'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export const ENGINES = ['fast', 'reference'] as const;

/** What the variance of first weights goes by: a layer's inputs, or its outputs. */
export const FANS = ['in', 'out'] as const;
export type Fan = (typeof FANS)[number];

export const PRECISIONS = ['float32', 'float64'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** A whole number or a real one, both ends of the range included. */
export interface NumberField {
  label: string;
  unit: string;
  help: string;
  min: number;
  max: number;
  integer: boolean;
}

export const NUMBER_FIELDS = {
  learningRate: {
    label: 'Learning rate',
    unit: 'per update',
    help: 'How far each update moves the weights along the gradient: too small learns slowly, too large overshoots.',
    min: 0.000001,
    max: 10,
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
    help: 'Starts the random numbers of the first weights and of the order of images: the same seed gives the same weights.',
    min: 0,
    max: 4294967295,
    integer: true,
  },
  threads: {
    label: 'Threads',
    unit: 'threads',
    help: 'How many cores of the processor the fast engine uses: 0 chooses for you. The weights are the same with any number.',
    min: 0,
    max: 16,
    integer: true,
  },
} as const satisfies Record<string, NumberField>;
export type NumberFieldName = keyof typeof NUMBER_FIELDS;

export const HIDDEN_FIELD = {
  label: 'Hidden units',
  unit: 'units a layer',
  help: 'How many features the network can learn in each layer between pixels and digits; a comma adds a layer.',
  min: 1,
  max: 2048,
  maxLayers: 6,
} as const;

export const CHOICE_FIELDS = {
  activation: {
    label: 'Activation',
    help: 'The bend after each hidden layer, without which the network could only draw straight borders.',
    options: { relu: 'ReLU', sigmoid: 'Sigmoid', tanh: 'Tanh' },
  },
  outputFan: {
    label: 'Output weights',
    help: 'The random start of the last layer, after He: large (by its outputs) sends larger gradients back than small (by its inputs), so hidden units learn sooner.',
    options: { out: 'Start large', in: 'Start small' },
  },
  precision: {
    label: 'Precision',
    help: 'How exactly numbers are kept: float32 is the usual choice, float64 is for comparing digit by digit.',
    options: { float32: 'float32', float64: 'float64' },
  },
  engine: {
    label: 'Engine',
    help: 'What computes: fast is for training with float32; reference is plain code that is easy to read, and also does float64.',
    options: { fast: 'Fast', reference: 'Reference' },
  },
  gradientDivisions: {
    label: 'Gradient divided',
    help: 'By the batch size: once gives the mean gradient; twice repeats the fault of the seed program and makes steps tiny.',
    options: { 1: 'Once', 2: 'Twice' },
  },
} as const;
export type ChoiceFieldName = keyof typeof CHOICE_FIELDS;

function numberSchema({ label, min, max, integer }: NumberField): z.ZodNumber {
  const range = `${label} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}.`;
  const number = z.number(range).min(min, range).max(max, range);
  return integer ? number.int(range) : number;
}

const hiddenMessage =
  `${HIDDEN_FIELD.label} must be whole numbers from ${HIDDEN_FIELD.min} to ${HIDDEN_FIELD.max}, ` +
  `for 1 to ${HIDDEN_FIELD.maxLayers} layers.`;

export const settingsSchema = z.strictObject({
  /** Units of each hidden layer, from the pixels to the classes. */
  hidden: z
    .array(z.number(hiddenMessage).int(hiddenMessage).min(HIDDEN_FIELD.min, hiddenMessage).max(HIDDEN_FIELD.max, hiddenMessage))
    .min(1, hiddenMessage)
    .max(HIDDEN_FIELD.maxLayers, hiddenMessage),
  activation: z.enum(ACTIVATIONS),
  /** He initialisation of the last layer; the others go by their inputs. */
  outputFan: z.enum(FANS),
  learningRate: numberSchema(NUMBER_FIELDS.learningRate),
  batchSize: numberSchema(NUMBER_FIELDS.batchSize),
  epochs: numberSchema(NUMBER_FIELDS.epochs),
  seed: numberSchema(NUMBER_FIELDS.seed),
  precision: z.enum(PRECISIONS),
  /** 1 is the mean gradient; 2 divides by the batch size again, as the seed program did by mistake. */
  gradientDivisions: z.union([z.literal(1), z.literal(2)]),
  /** The fast engine knows only float32: float64 is always computed by the reference engine. */
  engine: z.enum(ENGINES),
  /** 0: as many as help. */
  threads: numberSchema(NUMBER_FIELDS.threads),
});
export type Settings = z.infer<typeof settingsSchema>;

export const PRESETS = {
  recommended: {
    label: 'Recommended',
    summary: 'ReLU, mean gradient, learning rate 0.1: about 98% of test digits read right after 20 epochs.',
    settings: {
      hidden: [256],
      activation: 'relu',
      outputFan: 'out',
      learningRate: 0.1,
      batchSize: 64,
      epochs: 20,
      seed: 1,
      precision: 'float32',
      gradientDivisions: 1,
      engine: 'fast',
      threads: 0,
    },
  },
  seed: {
    label: 'Seed, as written',
    summary: 'The program this app grew from, faults included: its steps are 64 times too small, so it hardly learns.',
    settings: {
      hidden: [256],
      activation: 'sigmoid',
      outputFan: 'in',
      learningRate: 0.001,
      batchSize: 64,
      epochs: 20,
      seed: 1,
      precision: 'float64',
      gradientDivisions: 2,
      engine: 'reference',
      threads: 0,
    },
  },
} as const satisfies Record<string, { label: string; summary: string; settings: Settings }>;
export type PresetName = keyof typeof PRESETS;

/** The preset that these settings are, whatever the seed and the threads; undefined when something was changed. */
export function presetOf(settings: Settings): PresetName | undefined {
  const names = Object.keys(PRESETS) as PresetName[];
  return names.find((name) => {
    const preset: Settings = { ...PRESETS[name].settings, hidden: [...PRESETS[name].settings.hidden], seed: settings.seed, threads: settings.threads };
    return (Object.keys(preset) as (keyof Settings)[]).every((key) => String(preset[key]) === String(settings[key]));
  });
}

/** Reads one number as typed by a person. @returns the number, or the sentence that refuses it. */
export function parseNumberField(name: NumberFieldName, text: string): number | string {
  const number = text.trim() === '' ? NaN : Number(text);
  const result = numberSchema(NUMBER_FIELDS[name]).safeParse(number);
  return result.success ? result.data : firstMessage(result.error);
}

/** Reads "256" or "128, 64". @returns units a hidden layer, or the sentence that refuses it. */
export function parseHidden(text: string): number[] | string {
  const parts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const result = settingsSchema.shape.hidden.safeParse(parts);
  return result.success ? result.data : firstMessage(result.error);
}

/** Weights and biases of a network with these layer sizes, from the pixels to the classes. */
export function countParameters(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, outputs, layer) => sum + (sizes[layer]! + 1) * outputs, 0);
}

export function firstMessage(error: z.ZodError): string {
  return error.issues[0]!.message;
}
