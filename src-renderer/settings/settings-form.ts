// The settings as a person types them: text in, settings or sentences out. Pure; what the fields mean is in src-shared.
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

/**
 * Every field as it stands in its control, the units of each hidden layer in one of its own; choices are already what
 * they stand for.
 */
export type SettingsText = Record<NumberFieldName, string> & { hidden: string[] } & Pick<Settings, ChoiceFieldName>;

export type { FieldName } from '../../src-shared/settings/settings';

export interface CheckedSettings {
  /** undefined while a field is refused. */
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

/** @returns the number that was typed, or the sentence that refuses it. */
export function readNumber(name: NumberFieldName, text: string): number | string {
  const number = readTypedNumber(text, NUMBER_FIELDS[name].integer);
  return typeof number === 'string' ? number : (numberFault(name, number) ?? number);
}

/** @returns the number that was typed, or undefined if it is refused */
export function acceptedNumber(name: NumberFieldName, text: string): number | undefined {
  const number = readNumber(name, text);
  return typeof number === 'number' ? number : undefined;
}

/** Units of one hidden layer, or the sentence that refuses them. */
export function parseUnits(text: string): number | string {
  const units = parseHidden(String(readTypedNumber(text, true)));
  return typeof units === 'string' ? units : units[0]!;
}

/** @param trainCount images to train on, which a batch cannot exceed; undefined before a dataset is loaded. */
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
  const { batchSize, validationShare } = numbers;
  if (trainCount !== undefined && batchSize !== undefined && batchSize > trainedOn(trainCount, validationShare ?? 0)) {
    errors.batchSize =
      `Batch size must be at most ${trainedOn(trainCount, validationShare ?? 0)}: there are no more images to ` +
      'train on.';
  }
  if (Object.keys(errors).length > 0) return { settings: undefined, errors };
  const settings = { ...text, ...numbers, hidden } as Settings;
  // What is refused here are fields that do not go together.
  const faults = settingsFaults(settings);
  for (const { field, message } of faults) errors[field as FieldName] = message;
  return { settings: faults.length > 0 ? undefined : settings, errors };
}

const SCHEDULE_FIELDS = ['learningRate', 'warmupEpochs', 'stepEpochs', 'stepFactor', 'epochs'] as const;

/** What the learning rate's curve is drawn from, whatever else is refused. */
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

/** Images that are left to train on, about: the split is taken of each class. */
export function trainedOn(trainCount: number, validationShare: number): number {
  return Math.round(trainCount * (1 - validationShare));
}

/** A choice as its control gives it, back in the form of the settings. */
export function chosen(name: ChoiceFieldName, value: string): Partial<SettingsText> {
  return { [name]: name === 'gradientDivisions' ? Number(value) : value };
}

/** The fields of a preset; seed and threads stay as they were, for they are no part of what a preset stands for. */
export function presetText(name: PresetName, current: SettingsText): SettingsText {
  const { settings } = PRESETS[name];
  return {
    ...settingsText({ ...settings, hidden: [...settings.hidden] }),
    seed: current.seed,
    threads: current.threads,
  };
}

/** What was kept by an earlier visit, or the recommended settings where that is nothing or no longer valid. */
export function readKeptSettings(kept: string | null): Settings {
  const { settings } = PRESETS.recommended;
  const fallback: Settings = { ...settings, hidden: [...settings.hidden] };
  if (kept === null) return fallback;
  try {
    const stored = readStoredSettings(JSON.parse(kept)); // perhaps by another version of the app
    return stored && stored.strange === undefined ? stored.settings : fallback;
  } catch {
    return fallback;
  }
}

const RATE = NUMBER_FIELDS.learningRate;

/** Ends and step of a learning rate's slider, in powers of ten. */
export const RATE_SLIDER = { min: Math.log10(RATE.min), max: Math.log10(RATE.max), step: 0.1 } as const;

/** Where the rate stands on its slider; the middle for text that is no rate. */
export function ratePosition(text: string): number {
  const rate = readNumber('learningRate', text);
  return typeof rate === 'number' ? Math.log10(rate) : (RATE_SLIDER.min + RATE_SLIDER.max) / 2;
}

/** The rate at a place of its slider, to two digits, as a person would write it. */
export function rateAt(position: number): string {
  return typedNumber(Number((10 ** position).toPrecision(2)));
}
