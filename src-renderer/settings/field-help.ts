// The help text of each setting: its range, its unit, and its effect on learning. Pure.
import { NUMBER_FIELDS } from '../../src-shared/settings/number-fields';
import { PRESETS, type PresetName } from '../../src-shared/settings/presets';
import { CHOICE_FIELDS, HIDDEN_FIELD } from '../../src-shared/settings/settings-fields';
import { formatCount, formatUpTo } from '../ui/format';
import { ADVICE, TERMS, type Advice } from './field-advice';
import { isChoiceField } from './field-kinds';
import type { FieldName, SettingsText } from './settings-form';

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

const BY_ADAM: readonly string[] = ['adam', 'adamw'];

/** The label in the form. Adam's two rates have the names that its paper gives them. */
export function fieldLabel(name: FieldName, { optimizer }: Pick<SettingsText, 'optimizer'>): string {
  if (name === 'hidden') return 'Layers';
  if (name === 'momentum' && BY_ADAM.includes(optimizer)) return 'β₁';
  if (name === 'squareDecay' && BY_ADAM.includes(optimizer)) return 'β₂';
  return fieldHelp(name).label;
}

/** What opens at the label of a field. */
export interface FieldAbout extends FieldHelp {
  advice?: Advice | undefined;
  /** A term of the glossary. */
  term?: string | undefined;
}

export function fieldAbout(name: FieldName): FieldAbout {
  return { ...fieldHelp(name), advice: ADVICE[name], term: TERMS[name] };
}

/** A preset's name without what follows in its label: "Simard 2003" of "Simard 2003: 800 hidden units, elastic". */
export function presetName(preset: PresetName): string {
  return PRESETS[preset].label.replace(/[:(].*/, '').trim();
}

export function presetAbout(preset: PresetName): FieldAbout {
  return { label: presetName(preset), range: '', help: PRESETS[preset].summary };
}
