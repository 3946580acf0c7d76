// Settings that another version of the app has stored. What is missing was not there yet, and counts as off; what is
// unknown here is told, and left to the version that knows it.
import { FIELD_NAMES, fieldFault, settingsFaults, type FieldName, type Settings } from './settings';
import { CHOICE_FIELDS } from './settings-fields';

/**
 * The value with which each setting does nothing: what a run had before the setting existed. Not the default of the
 * form. Undefined: the setting was there from the first version on, and without it the settings are damaged. A setting
 * that is added here must have a value. withoutOff leaves it out of files, so that earlier versions can read them and
 * go on with a run.
 */
export const SETTINGS_OFF: { readonly [Name in FieldName]: Settings[Name] | undefined } = {
  hidden: undefined,
  activation: undefined,
  leakySlope: 0.01,
  initialisation: undefined,
  outputFan: 'in',
  inputDropout: 0,
  dropout: 0,
  maxNorm: 0,
  optimizer: undefined,
  learningRate: undefined,
  momentum: undefined,
  squareDecay: undefined,
  weightDecay: 0,
  clipNorm: 0,
  labelSmoothing: 0,
  schedule: 'constant',
  warmupEpochs: 0,
  stepEpochs: 10,
  stepFactor: 1,
  batchSize: undefined,
  epochs: undefined,
  seed: undefined,
  validationShare: 0,
  patience: 0,
  keep: 'last',
  shift: 0,
  rotation: 0,
  scaling: 0,
  shear: 0,
  elasticStrength: 0,
  elasticSmoothness: 4,
  precision: 'float32',
  gradientDivisions: 1,
  engine: 'fast',
  threads: 0,
};

/** Settings that came after version 0.1, which had all others. */
export const LATER_SETTINGS: readonly FieldName[] = ['leakySlope'];

/** The settings as they are written to files: without later ones that are off, which earlier versions would refuse. */
export function withoutOff<S extends Partial<Settings>>(settings: S): S {
  const left = LATER_SETTINGS.filter((name) => settings[name] === SETTINGS_OFF[name]);
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !left.includes(name as FieldName))) as S;
}

export interface StoredSettings {
  settings: Settings;
  /** Why they cannot be trained with here: a sentence. Undefined: they can. */
  strange: string | undefined;
}

/** @returns undefined if these are no settings, of whatever version */
export function readStoredSettings(value: unknown): StoredSettings | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = value as Record<string, unknown>;
  const settings: Record<string, unknown> = {};
  let strange = Object.keys(given).find((name) => !FIELD_NAMES.has(name) && !isOff(given[name]));
  for (const name of FIELD_NAMES as ReadonlySet<FieldName>) {
    const off = SETTINGS_OFF[name];
    const stored = given[name];
    if (stored === undefined && off === undefined) return undefined;
    const fits = stored === undefined || fieldFault(name, stored) === undefined;
    if (!fits) strange ??= name;
    settings[name] = stored === undefined || (!fits && !isOfType(name, stored)) ? off : stored;
    if (settings[name] === undefined) return undefined;
  }
  if (strange !== undefined) return { settings: settings as Settings, strange: unknownValue(strange, given[strange]) };
  const [fault] = settingsFaults(settings);
  return { settings: settings as Settings, strange: fault && unknownValue(fault.field, given[fault.field]) };
}

/**
 * A file that has every setting of version 0.1 was saved whole: what it lacks was off. Any other says only what is to
 * be changed.
 */
export function isWhole(given: object): boolean {
  return [...FIELD_NAMES].every((name) => name in given || LATER_SETTINGS.includes(name as FieldName));
}

/** What later versions may write for a setting that does nothing, so that earlier ones can tell. */
export function isOff(value: unknown): boolean {
  return (
    value === 0 ||
    value === false ||
    value === null ||
    value === 'none' ||
    value === 'off' ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** Whether a value that is refused can at least be shown. */
function isOfType(name: FieldName, value: unknown): boolean {
  if (name === 'hidden')
    return Array.isArray(value) && value.every((units) => Number.isSafeInteger(units) && units > 0);
  if (name in CHOICE_FIELDS && name !== 'gradientDivisions') return typeof value === 'string';
  return typeof value === 'number';
}

function unknownValue(name: string, value: unknown): string {
  return (
    `Its setting “${name}” is ${JSON.stringify(value) ?? 'missing'}, which this version of the app does not ` +
    'know. Please open it with the version that trained it.'
  );
}
