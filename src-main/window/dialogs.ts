// The system's dialogs that ask for a folder or a file. Each returns undefined if the person closed it.
import { dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import { basename, dirname, join } from 'node:path';
import type { CommandContext, FileKind } from '../bridge/commands';
import type { DialogKind, LastFolders } from './last-folders';
import { EXPORT_LABELS, IMPORT_SUFFIXES } from '../../src-shared/networks/network-formats';

const SETTINGS_FILTER: FileFilter = { name: 'Settings', extensions: ['json'] };

const FILE_KINDS: Record<FileKind, { kind: DialogKind; title: string; filters: FileFilter[] }> = {
  settings: { kind: 'settings', title: 'Save settings', filters: [SETTINGS_FILTER] },
  picture: { kind: 'results', title: 'Save picture', filters: [{ name: 'PNG picture', extensions: ['png'] }] },
  drawing: { kind: 'results', title: 'Save drawing', filters: [{ name: 'SVG drawing', extensions: ['svg'] }] },
  report: { kind: 'results', title: 'Save report', filters: [{ name: 'HTML page', extensions: ['html'] }] },
  table: { kind: 'results', title: 'Save table', filters: [{ name: 'CSV table', extensions: ['csv'] }] },
};

type Dialogs = Pick<
  CommandContext,
  'askForFolder' | 'askForFile' | 'askForSettingsFile' | 'askForWeightsFile' | 'askForNetworkFile'
>;

/** Each kind of dialog begins in the folder that was chosen last in one of its kind. */
export function dialogsOf(window: BrowserWindow, folders: LastFolders): Dialogs {
  async function open(kind: DialogKind, options: OpenDialogOptions): Promise<string | undefined> {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      ...options,
      defaultPath: await folders.of(kind),
    });
    const [chosen] = filePaths;
    if (canceled || chosen === undefined) return undefined;
    // Of a folder too what is remembered is where it lies: beside it lie the others that a person may want next.
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
      const { kind, title, filters } = FILE_KINDS[what];
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
