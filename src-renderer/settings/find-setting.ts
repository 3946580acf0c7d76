// Finds settings by their name or by other words for them, and brings one into view.
import { tick } from 'svelte';
import { CHOICE_FIELDS } from '../../src-shared/settings/settings-fields';
import type { Layout } from '../client/layout.svelte';
import { SYNONYMS } from './field-advice';
import { fieldHelp } from './field-help';
import { isChoiceField } from './field-kinds';
import { fieldInWords } from './preset-changes';
import type { FieldName, SettingsText } from './settings-form';
import { isRelevant, openSections, SECTIONS, withSection, type SectionId } from './settings-sections';

export interface FoundSetting {
  name: FieldName;
  label: string;
  section: string;
  value: string;
  /** The label first. */
  words: readonly string[];
}

/** All settings, in the order of the form. */
export function findableSettings(text: SettingsText): FoundSetting[] {
  return SECTIONS.flatMap(({ label: section, rows }) =>
    rows.flat().map((name) => {
      const { label } = fieldHelp(name);
      const options: string[] = isChoiceField(name) ? Object.values(CHOICE_FIELDS[name].options) : [];
      const value = isRelevant(name, text) ? fieldInWords(name, text) : '–';
      return { name, label, section, value, words: [label, ...(SYNONYMS[name] ?? []), ...options] };
    }),
  );
}

function sectionOf(name: FieldName): SectionId {
  return SECTIONS.find(({ rows }) => rows.flat().includes(name))!.id;
}

/** Unfolds the column and the section of a setting, and focuses it, or its section if the setting has no effect now. */
export async function openSetting(layout: Layout, name: FieldName): Promise<void> {
  const section = sectionOf(name);
  const open = openSections(layout.openSections);
  layout.fold(false);
  if (!open.includes(section)) layout.keepOpen(withSection(open, section, true));
  await tick();
  const control = name === 'hidden' ? 'hidden-1' : name;
  const ids = [control, `${name}-label`, `section-${section}`];
  const element = ids.map((id) => document.getElementById(id)).find((found) => found !== null);
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
}
