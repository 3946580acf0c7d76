// Holds the text of the settings fields, and keeps it for the next visit; and what is typed while a run is in flight.
import type { PresetName } from '../../src-shared/settings/presets';
import type { LiveChanges, Settings } from '../../src-shared/settings/settings';
import { withoutOff } from '../../src-shared/settings/stored-settings';
import { changesText, draftWith, runText, type Draft } from './live-settings';
import { checkSettings, presetText, readKeptSettings, settingsText, type SettingsText } from './settings-form';
import { isActive, type Run } from '../client/training';

const KEY = 'settings';

export class SettingsForm {
  #storage: Storage;
  /** undefined until something is changed: then what was kept at the last visit stands there. */
  #changed = $state.raw<SettingsText>();
  #draft = $state.raw<Draft>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Not made before it is asked for: how numbers are written is known only then. */
  get #text(): SettingsText {
    return this.#changed ?? settingsText(readKeptSettings(this.#storage.getItem(KEY)));
  }

  /** A run in flight may have been started before this page was loaded: its settings are what is true then. */
  shown(run: Run | undefined): SettingsText {
    return isActive(run) ? runText(run, this.#draft) : this.#text;
  }

  change(fields: Partial<SettingsText>): void {
    this.#changed = { ...this.#text, ...fields };
    const { settings } = checkSettings(this.#changed, undefined);
    if (settings) this.#storage.setItem(KEY, JSON.stringify(withoutOff(settings)));
  }

  /** What is typed for a run in flight, before it is sent. */
  draft(run: Run, fields: Partial<SettingsText>): void {
    this.#draft = draftWith(run, this.#draft, fields);
  }
  forgetDraft(): void {
    this.#draft = undefined;
  }

  /** What a run in flight has taken stays in the form when it is over: the next run begins with what is seen. */
  keep(changes: LiveChanges): void {
    this.change(changesText(changes));
  }

  /** Settings from elsewhere: a file, the clipboard. */
  apply(settings: Settings): void {
    this.change(settingsText(settings));
  }

  choose(preset: PresetName): void {
    this.change(presetText(preset, this.#text));
  }
}
