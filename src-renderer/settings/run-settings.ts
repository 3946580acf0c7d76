// The settings of runs beside each other: each field in words, which differ, and which runs are the same but for their
// seed. Pure.
import { NUMBER_FIELDS, type NumberFieldName } from '../../src-shared/settings/number-fields';
import { CHOICE_FIELDS, type ChoiceFieldName } from '../../src-shared/settings/settings-fields';
import type { FieldName, Settings } from '../../src-shared/settings/settings';
import type { RunSummary } from '../../src-shared/runs/runs';
import { fieldHelp } from './field-help';
import { typedNumber } from '../ui/format';
import { changeSentence } from './live-settings';
import { settingsText } from './settings-form';
import { isRelevant, optionLabel, SECTIONS, sectionSummary } from './settings-sections';

/** All fields, in the order in which a learner meets them. */
export const FIELDS: readonly FieldName[] = SECTIONS.flatMap(({ rows }) => rows.flat());

/** What they say nothing of: how well training goes. The weights are the same with any number of threads. */
const NOT_OF_A_RECIPE: readonly FieldName[] = ['seed', 'threads'];

export const NOT_RELEVANT = '–';

export function isNumberField(name: FieldName): name is NumberFieldName {
  return name in NUMBER_FIELDS;
}
export function isChoiceField(name: FieldName): name is ChoiceFieldName {
  return name in CHOICE_FIELDS;
}

/** "0.1", "256 → 128", "ReLU" */
export function valueInWords(name: FieldName, value: Settings[FieldName]): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(' → ');
  if (isChoiceField(name)) return optionLabel(name, value);
  return typedNumber(Number(value));
}

/**
 * A field of a run's settings in words; "–" where it does nothing, such as the momentum of an optimizer that has none.
 */
export function settingInWords(name: FieldName, settings: Settings): string {
  return isRelevant(name, settingsText(settings)) ? valueInWords(name, settings[name]) : NOT_RELEVANT;
}

export interface SettingRow {
  /** A field's, or of what else a run was made of. */
  name: string;
  label: string;
  /** One for each run. */
  values: string[];
  differs: boolean;
}

/**
 * What each run was made of: its dataset, every field, what was changed on the way. Those that differ first; what does
 * nothing in all of them is left out.
 */
export function settingRows(runs: readonly RunSummary[]): SettingRow[] {
  const row = (name: string, label: string, valueOf: (run: RunSummary) => string): SettingRow => {
    const values = runs.map(valueOf);
    return { name, label, values, differs: values.some((value) => value !== values[0]) };
  };
  const rows = [
    row('dataset', 'Dataset', ({ dataset }) => dataset.name),
    ...FIELDS.map((name) => row(name, fieldHelp(name).label, ({ settings }) => settingInWords(name, settings))),
    row('changes', 'Changed on the way', ({ changes }) => changes.map(changeSentence).join('; ') || NOT_RELEVANT),
    row('parent', 'Goes on from', ({ parent }) => (parent ? `epoch ${parent.epoch} of ${parent.id}` : NOT_RELEVANT)),
  ];
  return rows
    .filter(({ values }) => values.some((value) => value !== NOT_RELEVANT))
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}

/** "learning rate 0.1" of every field that does something: what a person may look for. */
export function settingsInWords(settings: Settings): string {
  const text = settingsText(settings);
  return FIELDS.filter((name) => isRelevant(name, text))
    .map((name) => `${fieldHelp(name).label} ${valueInWords(name, settings[name])}`)
    .join(', ');
}

/**
 * "512, ReLU · Adam 0.002, cosine, 20 epochs · dropout 0.25": what is on, as the folded sections of the form say it.
 */
export function recipeInWords(settings: Settings): string {
  const text = settingsText(settings);
  return SECTIONS.map(({ id }) => sectionSummary(id, text))
    .filter(Boolean)
    .join(' · ');
}

/** Equal for runs that differ in nothing but their random seed. */
export function recipeKey({ settings, dataset, epochs, changes, parent }: RunSummary): string {
  const values = FIELDS.filter((name) => !NOT_OF_A_RECIPE.includes(name)).map((name) => settingInWords(name, settings));
  return JSON.stringify([dataset.hash, values, epochs, changes, parent]);
}
