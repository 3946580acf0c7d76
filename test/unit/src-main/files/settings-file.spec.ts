import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCommands, type CommandContext } from '../../../../src-main/bridge/commands';
import { readSettings, writeSettings } from '../../../../src-main/files/settings-file';
import { PRESETS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';
import { withoutOff } from '../../../../src-shared/settings/stored-settings';

const base: Settings = PRESETS.recommended.settings;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-studio-settings-'));
  file = join(folder, 'mine.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a settings file', () => {
  it('gives back what was written', async () => {
    const settings: Settings = { ...base, hidden: [30, 20], optimizer: 'adam', epochs: 3 };
    await writeSettings(file, settings);
    expect(await readSettings(file, PRESETS.seed.settings)).toEqual(settings);
  });

  it('may leave fields out, which are then those of the base', async () => {
    await writeFile(file, '{"momentum": 0.5}');
    expect(await readSettings(file, base)).toEqual({ ...base, momentum: 0.5 });
  });

  it.each([
    ['{"momentum": 9}', 'mine.json was refused. “momentum”: Momentum must be a number from 0 to 0.999.'],
    ['{"mass": 1}', 'mine.json was refused. There is no setting “mass”.'],
    ['[]', 'mine.json was refused. These are not settings'],
    [' '.repeat(1024 * 1024 + 1), 'mine.json is larger than 1 MB'],
  ])('is refused with its name and a sentence: %.20s', async (text, sentence) => {
    await writeFile(file, text);
    await expect(readSettings(file, base)).rejects.toMatchObject({
      code: 'settings-refused',
      message: expect.stringContaining(sentence),
    });
  });

  it('may be as large as 1 MB', async () => {
    await writeFile(file, '{}'.padEnd(1024 * 1024));
    expect(await readSettings(file, base)).toEqual(base);
  });

  it('that cannot be read or written is named with the reason', async () => {
    await expect(readSettings(join(folder, 'gone.json'), base)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('gone.json: it does not exist'),
    });
    await expect(readSettings(folder, base)).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(writeSettings(join(folder, 'no', 'a.json'), base)).rejects.toMatchObject({
      code: 'export-failed',
      message: expect.stringContaining('a.json: it does not exist'),
    });
  });
});

describe('the commands for settings', () => {
  const commandsWith = (changes: Partial<CommandContext>) =>
    createCommands({ documentsFolder: folder, desktop: { commands: {} }, ...changes } as CommandContext);

  it('save to the file that the dialog gives, by a suggested name, and open it again', async () => {
    const asked: string[] = [];
    const commands = commandsWith({
      askForFile: async (what, suggestion) => {
        asked.push(what, suggestion);
        return file;
      },
      askForSettingsFile: async () => file,
    });
    const settings: Settings = { ...base, epochs: 7 };
    expect(await commands.saveSettings({ settings })).toEqual({ file });
    expect(asked).toEqual(['settings', join(folder, 'mnist-studio-settings.json')]);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(withoutOff(settings));
    expect(await commands.openSettings({ base })).toEqual(settings);
  });

  it('do nothing where the person closes the dialog', async () => {
    const commands = commandsWith({ askForFile: async () => undefined, askForSettingsFile: async () => undefined });
    expect(await commands.saveSettings({ settings: base })).toBeUndefined();
    expect(await commands.openSettings({ base })).toBeUndefined();
  });

  it('copy to the clipboard and paste from it', async () => {
    let held = '';
    const commands = commandsWith({
      clipboard: { readText: async () => held, writeText: async (text) => void (held = text) },
    });
    await commands.copyText({ text: '{}' });
    expect(await commands.pasteText(undefined)).toBe('{}');
  });
});
