// The help text of each setting: its range, its unit, and its effect on learning. Pure.
import { NUMBER_FIELDS } from '../../src-shared/settings/number-fields';
import { PRESETS, type PresetName } from '../../src-shared/settings/presets';
import { CHOICE_FIELDS, HIDDEN_FIELD } from '../../src-shared/settings/settings-fields';
import { formatCount, formatUpTo } from '../ui/format';
import { isChoiceField } from './field-kinds';
import type { FieldName } from './settings-form';

/** Added to the help of a setting that can be changed during training. */
export const LIVE_HELP = 'Enter applies it.';

export interface FieldHelp {
  label: string;
  /** "1 to 4,096 images"; empty for a list of choices. */
  range: string;
  help: string;
}

function plain(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatUpTo(value, 12);
}

export function fieldHelp(name: FieldName): FieldHelp {
  if (isChoiceField(name)) return { range: '', ...CHOICE_FIELDS[name] };
  if (name === 'hidden') {
    const { label, unit, help, min, max, maxLayers } = HIDDEN_FIELD;
    return { label, help, range: `${min} to ${formatCount(max)} ${unit}, at most ${maxLayers} layers` };
  }
  const { label, unit, help, min, max } = NUMBER_FIELDS[name];
  return { label, help, range: `${plain(min)} to ${plain(max)}${unit === 'number' ? '' : ` ${unit}`}` };
}

/** A preset's label in two parts, which are too long for one line: "Simard 2003" and "800 hidden units, elastic". */
export function presetParts(preset: PresetName | undefined): { name: string; detail: string | undefined } {
  const label = preset ? PRESETS[preset].label : 'Custom';
  const [, name, after, inside] = /^([^:(]+)(?:: (.+)| \((.+)\))$/.exec(label) ?? [];
  return { name: name ?? label, detail: after ?? inside };
}

export function presetHelp(preset: PresetName | undefined): FieldHelp {
  const help = preset ? PRESETS[preset].summary : 'Your own settings, which match no preset.';
  return { label: 'Preset', range: '', help };
}
