// Compares the settings of runs: each field in words, which fields differ, and which runs differ only in their seed.
// Pure.
import type { FieldName, Settings } from '../../src-shared/settings/settings';
import { hasEffect } from '../../src-shared/settings/relevance';
import type { RunSummary } from '../../src-shared/runs/runs';
import { optionLabel } from '../../src-shared/settings/settings-fields';
import { fieldHelp } from './field-help';
import { isChoiceField } from './field-kinds';
import { typedNumber } from '../ui/format';
import { changeSentence } from './live-settings';
import { settingsText } from './settings-form';
import { recipe } from './section-words';
import { isRelevant, SECTIONS } from './settings-sections';

/** All fields, in the order in which a learner meets them. */
export const FIELDS: readonly FieldName[] = SECTIONS.flatMap(({ rows }) => rows.flat());

/** Two runs of one recipe may differ in these. The weights do not depend on the number of threads. */
const NOT_IN_RECIPE: readonly FieldName[] = ['seed', 'threads'];

export const NOT_RELEVANT = '–';

/** "0.1", "256 → 128", "ReLU" */
export function valueInWords(name: FieldName, value: Settings[FieldName]): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(' → ');
  if (isChoiceField(name)) return optionLabel(name, value);
  return typedNumber(Number(value));
}

/** A setting in words, or "–" if it has no effect, such as the momentum of an optimizer without momentum. */
export function settingInWords(name: FieldName, settings: Settings): string {
  return isRelevant(name, settingsText(settings)) ? valueInWords(name, settings[name]) : NOT_RELEVANT;
}

export interface SettingRow {
  /** Name of a field, or 'dataset', 'changes' or 'parent'. */
  name: string;
  label: string;
  /** One for each run. */
  values: string[];
  differs: boolean;
}

/**
 * Dataset, settings, changes during training and parent of each run. Rows that differ come first. A row without effect
 * in all runs is left out.
 */
export function settingRows(runs: readonly RunSummary[]): SettingRow[] {
  const row = (name: string, label: string, valueOf: (run: RunSummary) => string): SettingRow => {
    const values = runs.map(valueOf);
    return { name, label, values, differs: values.some((value) => value !== values[0]) };
  };
  const rows = [
    row('dataset', 'Dataset', ({ dataset }) => dataset.name),
    ...FIELDS.map((name) => row(name, fieldHelp(name).label, ({ settings }) => settingInWords(name, settings))),
    row('changes', 'Changed during training', ({ changes }) => changes.map(changeSentence).join('; ') || NOT_RELEVANT),
    row('parent', 'Continued from', ({ parent }) => (parent ? `epoch ${parent.epoch} of ${parent.id}` : NOT_RELEVANT)),
  ];
  return rows
    .filter(({ values }) => values.some((value) => value !== NOT_RELEVANT))
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}

/** "Learning rate 0.1, …": every setting that has an effect, to search in. */
export function settingsInWords(settings: Settings): string {
  const text = settingsText(settings);
  return FIELDS.filter((name) => isRelevant(name, text))
    .map((name) => `${fieldHelp(name).label} ${valueInWords(name, settings[name])}`)
    .join(', ');
}

/** "512, ReLU · Adam 0.002, cosine, 20 epochs · dropout 0.25": what identifies a run. */
export function recipeInWords(settings: Settings): string {
  return recipe(settingsText(settings));
}

/** Equal for runs that differ only in their seed, their threads, or settings without effect. */
export function recipeKey({ settings, dataset, epochs, changes, parent }: RunSummary): string {
  const values = FIELDS.filter((name) => !NOT_IN_RECIPE.includes(name) && hasEffect(name, settings)).map((name) => [
    name,
    settings[name],
  ]);
  return JSON.stringify([dataset.hash, values, epochs, changes, parent]);
}
