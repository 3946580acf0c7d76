// What is said of each setting to whoever points at it: its range, its unit, and what it does to learning. Pure.
import { PRESETS, type PresetName } from '../../src-shared/settings/presets';
import { NUMBER_FIELDS } from '../../src-shared/settings/number-fields';
import { CHOICE_FIELDS, HIDDEN_FIELD, type ChoiceFieldName } from '../../src-shared/settings/settings-fields';
import { formatCount, formatUpTo } from '../ui/format';
import type { FieldName } from './settings-form';

/** Added for what may be changed while a run is in flight. */
export const LIVE_HELP = 'Enter applies it.';

export interface FieldHelp {
  label: string;
  /** "1 to 4,096 images"; empty where the choices say it all. */
  range: string;
  help: string;
}

function plain(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatUpTo(value, 12);
}

function isChoice(name: FieldName): name is ChoiceFieldName {
  return name in CHOICE_FIELDS;
}

export function fieldHelp(name: FieldName): FieldHelp {
  if (isChoice(name)) return { range: '', ...CHOICE_FIELDS[name] };
  if (name === 'hidden') {
    const { label, unit, help, min, max, maxLayers } = HIDDEN_FIELD;
    return { label, help, range: `${min} to ${formatCount(max)} ${unit}, at most ${maxLayers} layers` };
  }
  const { label, unit, help, min, max } = NUMBER_FIELDS[name];
  return { label, help, range: `${plain(min)} to ${plain(max)}${unit === 'number' ? '' : ` ${unit}`}` };
}

/**
 * A preset's label in two parts, as there is no room for both in one line: "Simard 2003" and "800 hidden units,
 * elastic".
 */
export function presetParts(preset: PresetName | undefined): { name: string; detail: string | undefined } {
  const label = preset ? PRESETS[preset].label : 'Custom';
  const [, name, after, inside] = /^([^:(]+)(?:: (.+)| \((.+)\))$/.exec(label) ?? [];
  return { name: name ?? label, detail: after ?? inside };
}

export function presetHelp(preset: PresetName | undefined): FieldHelp {
  const help = preset ? PRESETS[preset].summary : 'Your own settings, which no preset has.';
  return { label: 'Preset', range: '', help };
}
