// What other rooms may use: the settings form, and the settings of a run in words.
export { default as SettingsMenu } from './SettingsMenu.svelte';
export { default as SettingsPanel } from './SettingsPanel.svelte';
export { changedFields } from './preset-changes';
export { fieldHelp } from './field-help';
export { findableSettings, type FoundSetting, openSetting } from './find-setting';
export { isChoiceField, isNumberField } from './field-kinds';
export { changeLabel, changeSentence, changesTo, isLive, liveChanges } from './live-settings';
export {
  FIELDS,
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
