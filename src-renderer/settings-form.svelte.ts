// Holds the text of the settings fields, and whether their column is folded away; keeps both for the next visit.
import type { PresetName } from '../src-shared/settings';
import { checkSettings, presetText, readKeptSettings, settingsText, type SettingsText } from './settings-form';

const KEY = 'settings';
const FOLDED_KEY = 'settings-folded';

export class SettingsForm {
  #storage: Storage;
  #text: SettingsText;
  #folded: boolean;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#text = $state.raw(settingsText(readKeptSettings(storage.getItem(KEY))));
    this.#folded = $state(storage.getItem(FOLDED_KEY) === 'yes');
  }

  get text() {
    return this.#text;
  }
  get folded() {
    return this.#folded;
  }

  change(fields: Partial<SettingsText>): void {
    this.#text = { ...this.#text, ...fields };
    const { settings } = checkSettings(this.#text, undefined);
    if (settings) this.#storage.setItem(KEY, JSON.stringify(settings));
  }

  choose(preset: PresetName): void {
    this.change(presetText(preset, this.#text));
  }

  fold(folded: boolean): void {
    this.#folded = folded;
    this.#storage.setItem(FOLDED_KEY, folded ? 'yes' : 'no');
  }
}
