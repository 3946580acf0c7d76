// Holds the text of the settings fields, stores it for the next start, and holds what is typed during training.
import { PRESET_NAMES, presetOf, type PresetName } from '../../src-shared/settings/presets';
import type { FieldName, LiveChanges, Settings } from '../../src-shared/settings/settings';
import { withoutOff } from '../../src-shared/settings/stored-settings';
import { changesText, draftWith, runText, type Draft } from './live-settings';
import { checkSettings, presetText, restoreSettings, settingsText, type SettingsText } from './settings-form';
import { isActive, type Run } from '../client/training';

const KEY = 'settings';
const PRESET_KEY = 'preset';

export class SettingsForm {
  #storage: Storage;
  /** Undefined until something is changed. Until then, the stored settings are shown. */
  #changed = $state.raw<SettingsText>();
  #draft = $state.raw<Draft>();
  #preset: PresetName;

  constructor(storage: Storage) {
    this.#storage = storage;
    const stored = PRESET_NAMES.find((name) => name === storage.getItem(PRESET_KEY));
    this.#preset = $state(stored ?? presetOf(restoreSettings(storage.getItem(KEY))) ?? 'recommended');
  }

  /** The preset chosen last, from which the settings may differ by now. */
  get preset() {
    return this.#preset;
  }

  /** Computed on demand: the number format of the locale is not known when the form is created. */
  get #text(): SettingsText {
    return this.#changed ?? settingsText(restoreSettings(this.#storage.getItem(KEY)));
  }

  /** During training, the settings of the run, which may have started before this page was loaded. */
  shown(run: Run | undefined): SettingsText {
    return isActive(run) ? runText(run, this.#draft) : this.#text;
  }

  change(fields: Partial<SettingsText>): void {
    this.#changed = { ...this.#text, ...fields };
    const { settings } = checkSettings(this.#changed, undefined);
    if (settings) this.#storage.setItem(KEY, JSON.stringify(withoutOff(settings)));
  }

  /** Remembers what is typed during training, until it is sent. */
  draft(run: Run, fields: Partial<SettingsText>): void {
    this.#draft = draftWith(run, this.#draft, fields);
  }
  forgetDraft(): void {
    this.#draft = undefined;
  }

  /** Keeps changes made during training in the form, so that the next run starts with them. */
  keep(changes: LiveChanges): void {
    this.change(changesText(changes));
  }

  /** Sets some settings and leaves the others as they are. */
  set(fields: Partial<Settings>): void {
    const all = settingsText({ ...restoreSettings(null), ...fields });
    this.change(Object.fromEntries(Object.keys(fields).map((name) => [name, all[name as FieldName]])));
  }

  /** Applies settings from a file or the clipboard. */
  apply(settings: Settings): void {
    this.#remember(presetOf(settings) ?? this.#preset);
    this.change(settingsText(settings));
  }

  choose(preset: PresetName): void {
    this.#remember(preset);
    this.change(presetText(preset, this.#text));
  }

  /**
   * The settings of a preset for a run that the app proposes. The form takes them only if nothing has been set yet, now
   * or in an earlier start: a person's own settings are there again when the run has ended.
   */
  propose(preset: PresetName): Settings | undefined {
    const text = presetText(preset, this.#text);
    if (this.#changed === undefined && this.#storage.getItem(KEY) === null) this.choose(preset);
    return checkSettings(text, undefined).settings;
  }

  #remember(preset: PresetName): void {
    this.#preset = preset;
    this.#storage.setItem(PRESET_KEY, preset);
  }
}
