// The settings as a person types them: text in, settings or sentences out. Pure; what the fields mean is in src-shared.
import {
  NUMBER_FIELDS,
  PRESETS,
  parseHidden,
  parseNumberField,
  settingsSchema,
  type ChoiceFieldName,
  type NumberFieldName,
  type PresetName,
  type Settings,
} from '../src-shared/settings';

/** Every field as it stands in its control; choices are already the values that they stand for. */
export type SettingsText = Record<NumberFieldName | 'hidden', string> &
  Pick<Settings, ChoiceFieldName>;

export type FieldName = keyof SettingsText;

export interface CheckedSettings {
  /** undefined while a field is refused. */
  settings: Settings | undefined;
  errors: Partial<Record<FieldName, string>>;
}

export function settingsText(settings: Settings): SettingsText {
  const { hidden, learningRate, batchSize, epochs, seed, threads, ...choices } = settings;
  return {
    ...choices,
    hidden: hidden.join(', '),
    learningRate: plainNumber(learningRate),
    batchSize: String(batchSize),
    epochs: String(epochs),
    seed: String(seed),
    threads: String(threads),
  };
}

/** @param trainCount images to train on, which a batch cannot exceed; undefined before a dataset is loaded. */
export function checkSettings(text: SettingsText, trainCount: number | undefined): CheckedSettings {
  const errors: CheckedSettings['errors'] = {};
  const hidden = parseHidden(text.hidden);
  if (typeof hidden === 'string') errors.hidden = hidden;

  const numbers: Partial<Record<NumberFieldName, number>> = {};
  for (const name of Object.keys(NUMBER_FIELDS) as NumberFieldName[]) {
    const number = parseNumberField(name, text[name]);
    if (typeof number === 'string') errors[name] = number;
    else numbers[name] = number;
  }
  if (trainCount !== undefined && numbers.batchSize !== undefined && numbers.batchSize > trainCount) {
    errors.batchSize = `Batch size must be at most ${trainCount}: this dataset has no more training images.`;
  }
  if (Object.keys(errors).length > 0) return { settings: undefined, errors };
  const settings = settingsSchema.safeParse({ ...text, hidden, ...numbers });
  return { settings: settings.data, errors };
}

/** A choice as its control gives it, back in the form of the settings. */
export function chosen(name: ChoiceFieldName, value: string): Partial<SettingsText> {
  return { [name]: name === 'gradientDivisions' ? Number(value) : value };
}

/** The fields of a preset; seed and threads stay as they were, for they are no part of what a preset stands for. */
export function presetText(name: PresetName, current: SettingsText): SettingsText {
  const { settings } = PRESETS[name];
  return { ...settingsText({ ...settings, hidden: [...settings.hidden] }), seed: current.seed, threads: current.threads };
}

/** What was kept by an earlier visit, or the recommended settings where that is nothing or no longer valid. */
export function readKeptSettings(kept: string | null): Settings {
  const { settings } = PRESETS.recommended;
  const fallback: Settings = { ...settings, hidden: [...settings.hidden] };
  if (kept === null) return fallback;
  try {
    return settingsSchema.safeParse(JSON.parse(kept)).data ?? fallback;
  } catch {
    return fallback;
  }
}

const RATE = NUMBER_FIELDS.learningRate;

/** Ends and step of a learning rate's slider, in powers of ten. */
export const RATE_SLIDER = { min: Math.log10(RATE.min), max: Math.log10(RATE.max), step: 0.1 } as const;

/** Where the rate stands on its slider; the middle for text that is no rate. */
export function ratePosition(text: string): number {
  const rate = parseNumberField('learningRate', text);
  return typeof rate === 'number' ? Math.log10(rate) : (RATE_SLIDER.min + RATE_SLIDER.max) / 2;
}

/** The rate at a place of its slider, to two digits, as a person would write it. */
export function rateAt(position: number): string {
  return plainNumber(Number((10 ** position).toPrecision(2)));
}

/** Without an exponent: 1e-6 → "0.000001". */
function plainNumber(value: number): string {
  return String(value).includes('e') ? value.toFixed(12).replace(/0+$/, '') : String(value);
}
