// The system's dialogs that ask for a folder or a file. Each gives undefined where the person closed it.
import { dialog, type BrowserWindow, type FileFilter } from 'electron';
import type { CommandContext, FileKind } from './commands';
import { EXPORT_FORMATS, EXPORT_SUFFIXES } from './export/formats';

const SETTINGS_FILTER: FileFilter = { name: 'Settings', extensions: ['json'] };

const FILE_KINDS: Record<FileKind, { title: string; filters: FileFilter[] }> = {
  weights: { title: 'Export weights', filters: EXPORT_SUFFIXES.map((suffix) => ({ name: EXPORT_FORMATS[suffix].name, extensions: [suffix.slice(1)] })) },
  settings: { title: 'Save settings', filters: [SETTINGS_FILTER] },
  picture: { title: 'Save picture', filters: [{ name: 'PNG picture', extensions: ['png'] }] },
  table: { title: 'Save table', filters: [{ name: 'CSV table', extensions: ['csv'] }] },
};

export function dialogsOf(window: BrowserWindow): Pick<CommandContext, 'askForFolder' | 'askForFile' | 'askForSettingsFile'> {
  return {
    async askForFolder() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose the folder with the four MNIST files',
        properties: ['openDirectory'],
      });
      return canceled ? undefined : filePaths[0];
    },

    async askForFile(what, suggestion) {
      const { title, filters } = FILE_KINDS[what];
      const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath: suggestion, filters });
      return canceled ? undefined : filePath;
    },

    async askForSettingsFile() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Open settings', filters: [SETTINGS_FILTER], properties: ['openFile'] });
      return canceled ? undefined : filePaths[0];
    },
  };
}
