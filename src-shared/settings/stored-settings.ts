// Settings that another version of the app has stored. A missing setting did not exist yet and counts as off. An
// unknown one is reported, and left to the version that knows it.
import { FIELD_NAMES, fieldFault, settingsFaults, type FieldName, type Settings } from './settings';
import { CHOICE_FIELDS } from './settings-fields';

/**
 * The value with which each setting has no effect, as before the setting existed. This is not the default of the form.
 * Undefined if the first version had the setting already: settings without it are damaged. A new setting must have a
 * value here. withoutOff leaves it out of files if it is off, so that earlier versions can read them and resume runs.
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

/** Settings that version 0.1 did not have. */
export const LATER_SETTINGS: readonly FieldName[] = ['leakySlope'];

/** The settings as they are written to files: without later settings that are off, since version 0.1 refuses them. */
export function withoutOff<S extends Partial<Settings>>(settings: S): S {
  const left = LATER_SETTINGS.filter((name) => settings[name] === SETTINGS_OFF[name]);
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !left.includes(name as FieldName))) as S;
}

export interface StoredSettings {
  settings: Settings;
  /** A sentence that says why this version cannot train with them. Undefined if it can. */
  strange: string | undefined;
}

/** @returns undefined if the value is not settings of any version */
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
 * Whether a file has every setting of version 0.1, so that what it lacks was off. Any other file lists only settings to
 * change.
 */
export function isWhole(given: object): boolean {
  return [...FIELD_NAMES].every((name) => name in given || LATER_SETTINGS.includes(name as FieldName));
}

/** Whether a value of an unknown setting means that it is off, by the convention that later versions follow. */
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

/** Whether a refused value can at least be shown. */
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
