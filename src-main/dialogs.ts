// The system's dialogs that ask for a folder or a file. Each gives undefined where the person closed it.
import { dialog, type BrowserWindow, type FileFilter } from 'electron';
import type { CommandContext, FileKind } from './commands';
import { EXPORT_LABELS, IMPORT_SUFFIXES } from '../src-shared/network-formats';

const SETTINGS_FILTER: FileFilter = { name: 'Settings', extensions: ['json'] };

const FILE_KINDS: Record<FileKind, { title: string; filters: FileFilter[] }> = {
  settings: { title: 'Save settings', filters: [SETTINGS_FILTER] },
  picture: { title: 'Save picture', filters: [{ name: 'PNG picture', extensions: ['png'] }] },
  drawing: { title: 'Save drawing', filters: [{ name: 'SVG drawing', extensions: ['svg'] }] },
  report: { title: 'Save report', filters: [{ name: 'HTML page', extensions: ['html'] }] },
  table: { title: 'Save table', filters: [{ name: 'CSV table', extensions: ['csv'] }] },
};

export function dialogsOf(window: BrowserWindow): Pick<CommandContext, 'askForFolder' | 'askForFile' | 'askForSettingsFile' | 'askForWeightsFile' | 'askForNetworkFile'> {
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

    async askForWeightsFile(suggestion, suffix) {
      const filters = [{ name: EXPORT_LABELS[suffix].name, extensions: [suffix.slice(1)] }];
      const { canceled, filePath } = await dialog.showSaveDialog(window, { title: 'Export weights', defaultPath: suggestion, filters });
      return canceled ? undefined : filePath;
    },

    async askForNetworkFile() {
      const filters = [{ name: 'Networks', extensions: IMPORT_SUFFIXES.map((suffix) => suffix.slice(1)) }];
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Open a network', filters, properties: ['openFile'] });
      return canceled ? undefined : filePaths[0];
    },

    async askForSettingsFile() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Open settings', filters: [SETTINGS_FILTER], properties: ['openFile'] });
      return canceled ? undefined : filePaths[0];
    },
  };
}
