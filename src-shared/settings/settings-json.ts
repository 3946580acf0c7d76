// Settings as JSON: what is copied, pasted, opened and saved, and what the command line's --settings reads.
import { FIELD_NAMES, settingsFaults, type Settings } from './settings';
import { isOff, isWhole, SETTINGS_OFF, withoutOff } from './stored-settings';

/** One field a line, in the order of the settings. */
export function settingsToJson(settings: Settings): string {
  return `${JSON.stringify(withoutOff(settings), undefined, 2).replace(/\[\s*([\d,\s]*?)\s*\]/g, (_, units: string) => `[${units.split(/,\s*/).join(', ')}]`)}\n`;
}

/**
 * @param base what fields that the text leaves out are to be; those that were not there yet when all settings were
 * saved are off
 * @returns the settings, or the sentence that refuses the text: no JSON, a field that does not exist, a value out of
 * range
 */
export function settingsFromJson(text: string, base: Settings): Settings | string {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return (
      'These are no settings: the text is not JSON. Expected an object such as {"hidden": [256], "learningRate": ' +
      '0.1}.'
    );
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    return 'These are no settings: expected a JSON object such as {"hidden": [256], "learningRate": 0.1}.';
  }
  const given = Object.fromEntries(
    Object.entries(read).filter(([name, value]) => FIELD_NAMES.has(name) || !isWhole(read) || !isOff(value)),
  );
  const unknown = Object.keys(given).find((name) => !FIELD_NAMES.has(name));
  if (unknown !== undefined)
    return `There is no setting “${unknown}”. The settings are ${[...FIELD_NAMES].join(', ')}.`;
  const settings = { ...base, ...(isWhole(read) && SETTINGS_OFF), ...given } as Settings;
  const [fault] = settingsFaults(settings);
  return fault ? `“${fault.field}”: ${fault.message}` : settings;
}
