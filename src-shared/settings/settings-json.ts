// Settings as JSON: to copy, paste, open and save, and for the command line's --settings.
import { FIELD_NAMES, settingsFaults, type Settings } from './settings';
import { isOff, isWhole, SETTINGS_OFF, withoutOff } from './stored-settings';

const EXPECTED = 'Expected a JSON object such as {"hidden": [256], "learningRate": 0.1}.';

/** One field per line, in the order of the settings. */
export function settingsToJson(settings: Settings): string {
  const json = JSON.stringify(withoutOff(settings), undefined, 2);
  const onOneLine = json.replace(/\[\s*([\d,\s]*?)\s*\]/g, (_, units: string) => `[${units.split(/,\s*/).join(', ')}]`);
  return `${onOneLine}\n`;
}

/**
 * @param base the values of fields that the text leaves out. If the text has all settings of an earlier version, later
 * settings are off instead.
 * @returns the settings, or the sentence that refuses the text: not JSON, an unknown field, a value out of range
 */
export function settingsFromJson(text: string, base: Settings): Settings | string {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return `This is not JSON. ${EXPECTED}`;
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    return `These are not settings. ${EXPECTED}`;
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
