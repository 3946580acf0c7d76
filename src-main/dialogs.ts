// The system's dialogs that ask for a folder or a file. Each gives undefined where the person closed it.
import { dialog, type BrowserWindow, type FileFilter } from 'electron';
import type { CommandContext, FileKind } from './commands';

const SETTINGS_FILTER: FileFilter = { name: 'Settings', extensions: ['json'] };

const FILE_KINDS: Record<FileKind, { title: string; filter: FileFilter }> = {
  weights: { title: 'Export weights', filter: { name: 'NumPy archive', extensions: ['npz'] } },
  settings: { title: 'Save settings', filter: SETTINGS_FILTER },
  picture: { title: 'Save picture', filter: { name: 'PNG picture', extensions: ['png'] } },
  table: { title: 'Save table', filter: { name: 'CSV table', extensions: ['csv'] } },
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
      const { title, filter } = FILE_KINDS[what];
      const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath: suggestion, filters: [filter] });
      return canceled ? undefined : filePath;
    },

    async askForSettingsFile() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Open settings', filters: [SETTINGS_FILTER], properties: ['openFile'] });
      return canceled ? undefined : filePaths[0];
    },
  };
}
