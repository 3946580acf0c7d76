// What a user can set before training, and the checks that every process and the command line share. The page imports
// this file, so it does without zod.
import { NUMBER_FIELDS, type NumberFieldName } from './number-fields';
import { CHOICE_FIELDS, HIDDEN_FIELD, type ChoiceFieldName } from './settings-fields';
import { asciiCommas, numberOf } from './typed-digits';

type Choices = {
  [Name in ChoiceFieldName]: Name extends 'gradientDivisions' ? 1 | 2 : keyof (typeof CHOICE_FIELDS)[Name]['options'];
};

export type Settings = Record<NumberFieldName, number> &
  Choices & {
    /** Units of each hidden layer, from the pixels to the classes; empty for a network without hidden layers. */
    hidden: number[];
  };
export type FieldName = keyof Settings;

export type Activation = Settings['activation'];
export type ActivationSettings = Pick<Settings, 'activation' | 'leakySlope'>;
export type OptimizerName = Settings['optimizer'];
export type Precision = Settings['precision'];

/** Settings that can be changed during a run. */
export const LIVE_FIELDS = [
  'learningRate',
  'momentum',
  'dropout',
  'inputDropout',
  'batchSize',
] as const satisfies readonly NumberFieldName[];
export type LiveChanges = { [Name in (typeof LIVE_FIELDS)[number]]?: number | undefined };

/** Settings that were changed during a run, and when. */
export interface SettingsChange {
  /** Epochs trained before the change, with their fraction: 2.5 is the middle of the third. */
  epochs: number;
  /** Updates made before the change. */
  update: number;
  changes: LiveChanges;
}

export interface SettingsFault {
  /** The name of the field, or of an unknown one; empty if the value is no object. */
  field: string;
  message: string;
}

const NUMBER_NAMES = Object.keys(NUMBER_FIELDS) as NumberFieldName[];
const CHOICE_NAMES = Object.keys(CHOICE_FIELDS) as ChoiceFieldName[];
export const FIELD_NAMES: ReadonlySet<string> = new Set(['hidden', ...NUMBER_NAMES, ...CHOICE_NAMES]);

/** Every fault of a value that should be settings; empty if there is none. */
export function settingsFaults(value: unknown): SettingsFault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ field: '', message: 'Settings must be an object.' }];
  const given = value as Record<string, unknown>;
  const faults: SettingsFault[] = [];
  const report = (field: string, message: string | undefined): void =>
    void (message !== undefined && faults.push({ field, message }));
  for (const field of Object.keys(given)) if (!FIELD_NAMES.has(field)) report(field, `There is no setting “${field}”.`);
  for (const name of [...NUMBER_NAMES, 'hidden' as const, ...CHOICE_NAMES]) report(name, fieldFault(name, given[name]));
  return faults.length > 0 ? faults : disagreements(given as unknown as Settings);
}

/** @returns the sentence that refuses the value of one field by itself, or undefined */
export function fieldFault(name: FieldName, value: unknown): string | undefined {
  if (name === 'hidden') return hiddenFault(value);
  return name in NUMBER_FIELDS
    ? numberFault(name as NumberFieldName, value)
    : choiceFault(name as ChoiceFieldName, value);
}

const PATIENCE_WITHOUT_SPLIT = {
  field: 'patience',
  message: 'Patience needs a validation split: choose a share above 0, or a patience of 0.',
};
const BEST_WITHOUT_SPLIT = {
  field: 'keep',
  message: 'Keeping the best weights needs a validation split: choose a share above 0, or keep the last weights.',
};

/** Fields whose values do not go together. */
function disagreements({ patience, keep, validationShare }: Settings): SettingsFault[] {
  if (validationShare > 0) return [];
  return [...(patience > 0 ? [PATIENCE_WITHOUT_SPLIT] : []), ...(keep === 'best' ? [BEST_WITHOUT_SPLIT] : [])];
}

/** @returns the sentence that refuses it, or undefined */
export function numberFault(name: NumberFieldName, value: unknown): string | undefined {
  const { label, min, max, integer } = NUMBER_FIELDS[name];
  const fits = typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));
  return fits ? undefined : `${label} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}.`;
}

function hiddenFault(value: unknown): string | undefined {
  const { label, min, max, maxLayers } = HIDDEN_FIELD;
  const isUnits = (units: unknown): boolean =>
    typeof units === 'number' && Number.isInteger(units) && units >= min && units <= max;
  const fits = Array.isArray(value) && value.length <= maxLayers && value.every(isUnits);
  return fits ? undefined : `${label} must be whole numbers from ${min} to ${max}, for at most ${maxLayers} layers.`;
}

function choiceFault(name: ChoiceFieldName, value: unknown): string | undefined {
  const { label, options } = CHOICE_FIELDS[name];
  if (name === 'gradientDivisions') return value === 1 || value === 2 ? undefined : `${label} must be 1 or 2.`;
  return typeof value === 'string' && Object.hasOwn(options, value)
    ? undefined
    : `${label} must be one of ${Object.keys(options).join(', ')}.`;
}

/** Reads a number that a person typed. @returns the number, or the sentence that refuses it */
export function parseNumberField(name: NumberFieldName, text: string): number | string {
  const number = numberOf(text);
  return numberFault(name, number) ?? number;
}

/**
 * Reads "256" or "128, 64", also with the digits and commas of other scripts. An empty text and "none" mean no hidden
 * layer.
 * @returns the units of each hidden layer, or the sentence that refuses the text
 */
export function parseHidden(text: string): number[] | string {
  const trimmed = text.trim();
  const parts = trimmed === '' || trimmed === 'none' ? [] : asciiCommas(trimmed).split(',').map(numberOf);
  return hiddenFault(parts) ?? parts;
}

/** The number of weights and biases. @param sizes units of each layer, from the pixels to the classes */
export function countParameters(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, outputs, layer) => sum + (sizes[layer]! + 1) * outputs, 0);
}
