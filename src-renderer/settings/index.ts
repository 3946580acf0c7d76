// What other rooms may use of this one, which holds the form of the settings, and a run’s settings in words.
export { default as SettingsPanel } from './SettingsPanel.svelte';
export { fieldHelp } from './field-help';
export { changeLabel, changeSentence, changesTo } from './live-settings';
export {
  FIELDS,
  isChoiceField,
  isNumberField,
  NOT_RELEVANT,
  recipeInWords,
  recipeKey,
  settingInWords,
  settingRows,
  settingsInWords,
  valueInWords,
} from './run-settings';
export { formatRate, shortRate } from './schedule-curve';
export { SettingsForm } from './settings-form.svelte';
export {
  type CheckedSettings,
  checkSettings,
  chosen,
  readNumber,
  type SettingsText,
  settingsText,
} from './settings-form';
export { distorts, openSections, withSection } from './settings-sections';
