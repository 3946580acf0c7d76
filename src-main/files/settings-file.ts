// Settings in a JSON file, which the app opens and saves, and which --settings reads on the command line.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings/settings';
import { settingsFromJson, settingsToJson } from '../../src-shared/settings/settings-json';
import { fileErrorReason } from './file-errors';
import { writeUserFile } from './user-file';

/** The name that the save dialog suggests. */
export const SETTINGS_FILE = 'mnist-studio-settings.json';

const MOST_BYTES = 1024 * 1024;

/**
 * @param base values of fields that the file does not have
 * Throws file-unreadable, and settings-refused with the file's name.
 */
export async function readSettings(file: string, base: Settings): Promise<Settings> {
  const name = basename(file);
  let text: string | undefined;
  try {
    text = await readAtMost(file, MOST_BYTES);
  } catch (error) {
    throw new StudioError(
      'file-unreadable',
      `The settings could not be read from ${name}: ${fileErrorReason(error)}. Please choose another file.`,
    );
  }
  if (text === undefined) {
    throw new StudioError(
      'settings-refused',
      `${name} is larger than 1 MB: expected a small JSON file with settings. Please choose another file.`,
    );
  }
  const settings = settingsFromJson(text, base);
  if (typeof settings === 'string') throw new StudioError('settings-refused', `${name} was refused. ${settings}`);
  return settings;
}

/** Throws export-failed; an existing file is then unchanged. */
export function writeSettings(file: string, settings: Settings): Promise<void> {
  return writeUserFile(file, settingsToJson(settings), 'The settings');
}

/** @returns undefined if the file is larger */
async function readAtMost(file: string, most: number): Promise<string | undefined> {
  const handle = await open(file);
  try {
    const bytes = new Uint8Array(most + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (length > most) return undefined;
      if (bytesRead === 0) return new TextDecoder().decode(bytes.subarray(0, length));
    }
  } finally {
    await handle.close();
  }
}
