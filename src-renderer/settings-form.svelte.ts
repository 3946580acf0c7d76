// Holds the text of the settings fields, and keeps it for the next visit.
import type { PresetName } from '../src-shared/settings';
import { checkSettings, presetText, readKeptSettings, settingsText, type SettingsText } from './settings-form';

const KEY = 'settings';

export class SettingsForm {
  #storage: Storage;
  #text: SettingsText;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#text = $state.raw(settingsText(readKeptSettings(storage.getItem(KEY))));
  }

  get text() {
    return this.#text;
  }

  change(fields: Partial<SettingsText>): void {
    this.#text = { ...this.#text, ...fields };
    const { settings } = checkSettings(this.#text, undefined);
    if (settings) this.#storage.setItem(KEY, JSON.stringify(settings));
  }

  choose(preset: PresetName): void {
    this.change(presetText(preset, this.#text));
  }
}
