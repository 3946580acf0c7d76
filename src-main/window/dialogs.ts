// The system's dialogs that ask for a folder or a file. Each returns undefined if the person closed it.
import { app, dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import { basename, dirname, join } from 'node:path';
import { EXPORT_LABELS, IMPORT_SUFFIXES, type ExportSuffix } from '../../src-shared/networks/network-formats';
import { homeFolder } from '../files/home-folder';
import type { DialogKind, LastFolders } from './last-folders';

const SETTINGS_FILTER: FileFilter = { name: 'Settings', extensions: ['json'] };

/** What a save dialog is for; the weights of a network have a dialog of their own. */
export type SavedFile = 'settings' | 'picture' | 'table' | 'drawing' | 'report';

const SAVED_FILES: Record<SavedFile, { kind: DialogKind; title: string; filters: FileFilter[] }> = {
  settings: { kind: 'settings', title: 'Save settings', filters: [SETTINGS_FILTER] },
  picture: { kind: 'results', title: 'Save picture', filters: [{ name: 'PNG picture', extensions: ['png'] }] },
  drawing: { kind: 'results', title: 'Save drawing', filters: [{ name: 'SVG drawing', extensions: ['svg'] }] },
  report: { kind: 'results', title: 'Save report', filters: [{ name: 'HTML page', extensions: ['html'] }] },
  table: { kind: 'results', title: 'Save table', filters: [{ name: 'CSV table', extensions: ['csv'] }] },
};

export interface Dialogs {
  askForFolder: () => Promise<string | undefined>;
  askForFile: (what: SavedFile, suggestion: string) => Promise<string | undefined>;
  askForSettingsFile: () => Promise<string | undefined>;
  askForWeightsFile: (suggestion: string, suffix: ExportSuffix) => Promise<string | undefined>;
  askForNetworkFile: () => Promise<string | undefined>;
}

/** Where dialogs begin at first. Without a home directory the system has no folder for documents. */
export function documentsFolder(): string {
  try {
    return app.getPath('documents');
  } catch {
    return homeFolder();
  }
}

/** Each kind of dialog begins in the folder that was last chosen in a dialog of that kind. */
export function dialogsOf(window: BrowserWindow, folders: LastFolders): Dialogs {
  async function open(kind: DialogKind, options: OpenDialogOptions): Promise<string | undefined> {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      ...options,
      defaultPath: await folders.of(kind),
    });
    const [chosen] = filePaths;
    if (canceled || chosen === undefined) return undefined;
    // Also for a folder its parent is remembered: the folders beside it are those that a person may want next.
    folders.remember(kind, dirname(chosen));
    return chosen;
  }

  async function save(
    kind: DialogKind,
    suggestion: string,
    title: string,
    filters: FileFilter[],
  ): Promise<string | undefined> {
    const defaultPath = join(await folders.of(kind), basename(suggestion));
    const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath, filters });
    if (canceled || filePath === '') return undefined;
    folders.remember(kind, dirname(filePath));
    return filePath;
  }

  return {
    askForFolder: () =>
      open('datasets', { title: 'Choose the folder with the four MNIST files', properties: ['openDirectory'] }),

    askForFile(what, suggestion) {
      const { kind, title, filters } = SAVED_FILES[what];
      return save(kind, suggestion, title, filters);
    },

    askForWeightsFile: (suggestion, suffix) =>
      save('networks', suggestion, 'Export weights', [
        { name: EXPORT_LABELS[suffix].name, extensions: [suffix.slice(1)] },
      ]),

    askForNetworkFile() {
      const filters = [{ name: 'Networks', extensions: IMPORT_SUFFIXES.map((suffix) => suffix.slice(1)) }];
      return open('networks', { title: 'Open a network', filters, properties: ['openFile'] });
    },

    askForSettingsFile: () =>
      open('settings', { title: 'Open settings', filters: [SETTINGS_FILTER], properties: ['openFile'] }),
  };
}
