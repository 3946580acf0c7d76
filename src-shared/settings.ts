// What a user can set before training, and the check that every process and the command line use. Fields with their ranges and
// help texts are in settings-fields.ts, the presets in presets.ts.
// The small kind of zod, since this goes into the page.
import * as z from 'zod/mini';
import { CHOICE_FIELDS, HIDDEN_FIELD, NUMBER_FIELDS, type NumberField, type NumberFieldName } from './settings-fields';

function numberSchema({ label, min, max, integer }: NumberField): z.ZodMiniNumber<number> {
  const range = `${label} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}.`;
  const number = z.number(range).check(z.minimum(min, range), z.maximum(max, range));
  return integer ? number.check(z.multipleOf(1, range)) : number;
}

function choiceSchema<Name extends string>({ label, options }: { label: string; options: Readonly<Record<Name, string>> }) {
  const names = Object.keys(options) as Name[];
  return z.enum(names, `${label} must be one of ${names.join(', ')}.`);
}

const hiddenMessage =
  `${HIDDEN_FIELD.label} must be whole numbers from ${HIDDEN_FIELD.min} to ${HIDDEN_FIELD.max}, ` +
  `for at most ${HIDDEN_FIELD.maxLayers} layers.`;

const numbers = Object.fromEntries(Object.entries(NUMBER_FIELDS).map(([name, field]) => [name, numberSchema(field)])) as Record<NumberFieldName, z.ZodMiniNumber<number>>;

const fieldsSchema = z.strictObject({
  ...numbers,
  /** Units of each hidden layer, from the pixels to the classes; none is a network of one layer. */
  hidden: z
    .array(z.number(hiddenMessage).check(z.multipleOf(1, hiddenMessage), z.minimum(HIDDEN_FIELD.min, hiddenMessage), z.maximum(HIDDEN_FIELD.max, hiddenMessage)), hiddenMessage)
    .check(z.maxLength(HIDDEN_FIELD.maxLayers, hiddenMessage)),
  activation: choiceSchema(CHOICE_FIELDS.activation),
  initialisation: choiceSchema(CHOICE_FIELDS.initialisation),
  /** He initialisation of the last layer; the others go by their inputs. */
  outputFan: choiceSchema(CHOICE_FIELDS.outputFan),
  optimizer: choiceSchema(CHOICE_FIELDS.optimizer),
  schedule: choiceSchema(CHOICE_FIELDS.schedule),
  keep: choiceSchema(CHOICE_FIELDS.keep),
  precision: choiceSchema(CHOICE_FIELDS.precision),
  /** 1 is the mean gradient; 2 divides by the batch size again, as the seed program did by mistake. */
  gradientDivisions: z.union([z.literal(1), z.literal(2)], `${CHOICE_FIELDS.gradientDivisions.label} must be 1 or 2.`),
  /** The fast engine knows only float32: float64 is always computed by the reference engine. */
  engine: choiceSchema(CHOICE_FIELDS.engine),
});

export const settingsSchema = fieldsSchema.check(
  z.refine(({ patience, validationShare }) => patience === 0 || validationShare > 0, {
    path: ['patience'],
    error: 'Patience needs a validation split: choose a share above 0, or a patience of 0.',
  }),
  z.refine(({ keep, validationShare }) => keep === 'last' || validationShare > 0, {
    path: ['keep'],
    error: 'Keeping the best weights needs a validation split: choose a share above 0, or keep the last weights.',
  }),
);
export type Settings = z.infer<typeof settingsSchema>;
export type FieldName = keyof Settings;

export type Activation = Settings['activation'];
export type Initialisation = Settings['initialisation'];
/** What the variance of first weights goes by: a layer's inputs, or its outputs. */
export type Fan = Settings['outputFan'];
export type OptimizerName = Settings['optimizer'];
export type Precision = Settings['precision'];

/** What may be changed while a run is in flight. */
export const LIVE_FIELDS = ['learningRate', 'momentum', 'dropout', 'inputDropout', 'batchSize'] as const satisfies readonly NumberFieldName[];
export const liveChangesSchema = z.strictObject({
  learningRate: z.optional(numbers.learningRate),
  momentum: z.optional(numbers.momentum),
  dropout: z.optional(numbers.dropout),
  inputDropout: z.optional(numbers.inputDropout),
  batchSize: z.optional(numbers.batchSize),
});
export type LiveChanges = z.infer<typeof liveChangesSchema>;

/** Reads one number as typed by a person. @returns the number, or the sentence that refuses it. */
export function parseNumberField(name: NumberFieldName, text: string): number | string {
  const number = text.trim() === '' ? NaN : Number(text);
  const result = numberSchema(NUMBER_FIELDS[name]).safeParse(number);
  return result.success ? result.data : firstMessage(result.error);
}

/** Reads "256" or "128, 64"; nothing, or "none", is no hidden layer. @returns units a hidden layer, or the sentence that refuses it. */
export function parseHidden(text: string): number[] | string {
  const trimmed = text.trim();
  const parts = trimmed === '' || trimmed === 'none' ? [] : trimmed.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const result = fieldsSchema.shape.hidden.safeParse(parts);
  return result.success ? result.data : firstMessage(result.error);
}

/** Weights and biases of a network with these layer sizes, from the pixels to the classes. */
export function countParameters(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, outputs, layer) => sum + (sizes[layer]! + 1) * outputs, 0);
}

export function firstMessage(error: z.core.$ZodError): string {
  return error.issues[0]!.message;
}
