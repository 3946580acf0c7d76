// In which fields the form differs from other settings: those of its preset, or of a run. Pure.
import type { PresetName } from '../../src-shared/settings/presets';
import type { FieldName, Settings } from '../../src-shared/settings/settings';
import type { Run } from '../client/training';
import { optionLabel } from '../../src-shared/settings/settings-fields';
import { isChoiceField, isNumberField } from './field-kinds';
import { settingsOf } from './live-settings';
import { FIELDS } from './run-settings';
import { presetText, readNumber, settingsText, type SettingsText } from './settings-form';
import { isRelevant } from './settings-sections';

/** Compares numbers, not their digits: "0.10" is 0.1. A text that is refused differs from every number. */
function isEqual(name: FieldName, text: SettingsText, other: SettingsText): boolean {
  return isNumberField(name)
    ? readNumber(name, text[name]) === readNumber(name, other[name])
    : String(text[name]) === String(other[name]);
}

/** Without fields that have an effect in neither, such as the slope of another activation. */
export function differingFields(text: SettingsText, other: SettingsText): FieldName[] {
  return FIELDS.filter((name) => !isEqual(name, text, other) && (isRelevant(name, text) || isRelevant(name, other)));
}

/** In what the next run would differ from this one, with the changes that were made while it trained. */
export function changedFields(settings: Settings, run: Run): FieldName[] {
  return differingFields(settingsText(settings), settingsText(settingsOf(run)));
}

/** What was changed since the preset was chosen. */
export function presetChanges(preset: PresetName, text: SettingsText): FieldName[] {
  return differingFields(text, presetText(preset, text));
}

/** "3 changes" */
export function changesInWords(count: number): string {
  return `${count} ${count === 1 ? 'change' : 'changes'}`;
}

/** "0.002", "512 → 64", "ReLU" */
export function fieldInWords(name: FieldName, text: SettingsText): string {
  if (name === 'hidden') return text.hidden.join(' → ') || 'none';
  return isChoiceField(name) ? optionLabel(name, text[name]) : text[name].trim();
}
