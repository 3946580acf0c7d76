// Turns the text of the settings fields into settings or error sentences, and back. Pure. Ranges are in src-shared.
import { PRESETS, type PresetName } from '../../src-shared/settings/presets';
import type { ScheduleSettings } from '../../src-shared/settings/schedule';
import {
  numberFault,
  parseHidden,
  settingsFaults,
  type FieldName,
  type Settings,
} from '../../src-shared/settings/settings';
import { NUMBER_FIELDS, type NumberFieldName } from '../../src-shared/settings/number-fields';
import type { ChoiceFieldName } from '../../src-shared/settings/settings-fields';
import { readStoredSettings } from '../../src-shared/settings/stored-settings';
import { typedNumber } from '../ui/format';
import { readTypedNumber } from '../ui/typed-number';

/** The value of every control: text for numbers, a text for each hidden layer, and the chosen values. */
export type SettingsText = Record<NumberFieldName, string> & { hidden: string[] } & Pick<Settings, ChoiceFieldName>;

export type { FieldName } from '../../src-shared/settings/settings';

export interface CheckedSettings {
  /** undefined while a field has an error. */
  settings: Settings | undefined;
  errors: Partial<Record<FieldName, string>>;
}

const NUMBER_NAMES = Object.keys(NUMBER_FIELDS) as NumberFieldName[];

export function settingsText(settings: Settings): SettingsText {
  const numbers = Object.fromEntries(NUMBER_NAMES.map((name) => [name, typedNumber(settings[name])])) as Record<
    NumberFieldName,
    string
  >;
  return { ...settings, ...numbers, hidden: settings.hidden.map(String) };
}

/** @returns the number, or an error sentence */
export function readNumber(name: NumberFieldName, text: string): number | string {
  const number = readTypedNumber(text, NUMBER_FIELDS[name].integer);
  return typeof number === 'string' ? number : (numberFault(name, number) ?? number);
}

/** @returns the number, or undefined if it is invalid */
export function acceptedNumber(name: NumberFieldName, text: string): number | undefined {
  const number = readNumber(name, text);
  return typeof number === 'number' ? number : undefined;
}

/** @returns the units of one hidden layer, or an error sentence */
export function parseUnits(text: string): number | string {
  const units = parseHidden(String(readTypedNumber(text, true)));
  return typeof units === 'string' ? units : units[0]!;
}

/** @param trainCount training images, which limit the batch size; undefined before a dataset is loaded */
export function checkSettings(text: SettingsText, trainCount: number | undefined): CheckedSettings {
  const errors: CheckedSettings['errors'] = {};
  const hidden = text.hidden.map(parseUnits);
  const refused = hidden.find((units) => typeof units === 'string');
  if (refused !== undefined) errors.hidden = refused;

  const numbers: Partial<Record<NumberFieldName, number>> = {};
  for (const name of NUMBER_NAMES) {
    const number = readNumber(name, text[name]);
    if (typeof number === 'string') errors[name] = number;
    else numbers[name] = number;
  }
  const { batchSize = 0, validationShare = 0 } = numbers;
  const images = trainCount === undefined ? Infinity : imagesToTrainOn(trainCount, validationShare);
  if (batchSize > images) errors.batchSize = `Batch size must be at most ${images}, the number of images to train on.`;
  if (Object.keys(errors).length > 0) return { settings: undefined, errors };
  const settings = { ...text, ...numbers, hidden } as Settings;
  // Only contradictions between fields are left to find.
  const faults = settingsFaults(settings);
  for (const { field, message } of faults) errors[field as FieldName] = message;
  return { settings: faults.length > 0 ? undefined : settings, errors };
}

const SCHEDULE_FIELDS = ['learningRate', 'warmupEpochs', 'stepEpochs', 'stepFactor', 'epochs'] as const;

/** The settings that the learning rate's curve depends on, or undefined if one of them has an error. */
export function scheduleIn(
  text: SettingsText,
  { errors }: CheckedSettings,
): (ScheduleSettings & Pick<Settings, 'epochs'>) | undefined {
  if (SCHEDULE_FIELDS.some((name) => errors[name])) return undefined;
  const numbers = Object.fromEntries(SCHEDULE_FIELDS.map((name) => [name, readNumber(name, text[name])])) as Record<
    (typeof SCHEDULE_FIELDS)[number],
    number
  >;
  return { schedule: text.schedule, ...numbers };
}

/** About how many images are left to train on. The exact number depends on the class sizes. */
export function imagesToTrainOn(trainCount: number, validationShare: number): number {
  return Math.round(trainCount * (1 - validationShare));
}

/** The field of a choice, from the text value of its control. */
export function chosen(name: ChoiceFieldName, value: string): Partial<SettingsText> {
  return { [name]: name === 'gradientDivisions' ? Number(value) : value };
}

/** The fields of a preset. Seed and threads are not part of a preset and stay unchanged. */
export function presetText(name: PresetName, current: SettingsText): SettingsText {
  const { settings } = PRESETS[name];
  return {
    ...settingsText({ ...settings, hidden: [...settings.hidden] }),
    seed: current.seed,
    threads: current.threads,
  };
}

/** The settings stored by an earlier start, or the recommended ones if there are none or they are not valid. */
export function restoreSettings(saved: string | null): Settings {
  const { settings } = PRESETS.recommended;
  const fallback: Settings = { ...settings, hidden: [...settings.hidden] };
  if (saved === null) return fallback;
  try {
    const stored = readStoredSettings(JSON.parse(saved)); // perhaps from another version of the app
    return stored && stored.strange === undefined ? stored.settings : fallback;
  } catch {
    return fallback;
  }
}

const RATE = NUMBER_FIELDS.learningRate;

/** Range and step of the learning rate's slider, in powers of ten. */
export const RATE_SLIDER = { min: Math.log10(RATE.min), max: Math.log10(RATE.max), step: 0.1 } as const;

/** Position of a learning rate on its slider; the middle if the text is not valid. */
export function ratePosition(text: string): number {
  const rate = readNumber('learningRate', text);
  return typeof rate === 'number' ? Math.log10(rate) : (RATE_SLIDER.min + RATE_SLIDER.max) / 2;
}

/** The learning rate at a position of its slider, with two digits and no exponent. */
export function rateAt(position: number): string {
  return typedNumber(Number((10 ** position).toPrecision(2)));
}
