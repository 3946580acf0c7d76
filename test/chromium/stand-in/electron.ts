// The module "electron" as the main process sees it here. To add what the app has begun to use: a function in one of
// these objects, and for what only Chromium can do a call in ../sides.ts.
import { app, nativeTheme } from './app';
import { Menu } from './menu';
import { MessageChannelMain } from './ports';
import { protocol } from './protocol';
import { utilityProcess } from './utility-process';
import { BrowserWindow } from './window';

type Answer = (event: { sender: unknown; senderFrame: unknown }, ...args: unknown[]) => unknown;

const answers = new Map<string, Answer>();
let clipboardText = '';
const screenOfTheTests = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 2560, height: 1440 },
  workArea: { x: 0, y: 0, width: 2560, height: 1440 },
};

const known = {
  app,
  BrowserWindow,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  utilityProcess,
  clipboard: { readText: () => clipboardText, writeText: (text: string) => void (clipboardText = text) },
  // The tests put their answers in the place of these.
  dialog: {
    showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
    showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
    showMessageBox: () => Promise.resolve({ response: 0, checkboxChecked: false }),
    showErrorBox: () => undefined,
  },
  ipcMain: { handle: (channel: string, answer: Answer) => void answers.set(channel, answer), on: () => undefined },
  screen: {
    getPrimaryDisplay: () => screenOfTheTests,
    getDisplayMatching: () => screenOfTheTests,
    getDisplayNearestPoint: () => screenOfTheTests,
    getAllDisplays: () => [screenOfTheTests],
  },
  session: {
    defaultSession: {
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
      setDevicePermissionHandler: () => undefined,
      webRequest: { onBeforeRequest: () => undefined },
    },
  },
  shell: { openPath: () => Promise.resolve(''), showItemInFolder: () => undefined },
};

export const electron = new Proxy(known, {
  get(module, name) {
    if (name in module || typeof name === 'symbol' || name === '__esModule' || name === 'default')
      return Reflect.get(module, name) as unknown;
    throw new Error(`The stand-in for Electron has no “${name}”. Add it in test/chromium/stand-in/electron.ts.`);
  },
});

/** A command from the page, which is the one window’s. */
export function invoke(channel: string, args: unknown[]): unknown {
  const { webContents } = BrowserWindow.getAllWindows()[0]!;
  const answer = answers.get(channel);
  if (!answer) throw new Error(`Nobody answers on the channel “${channel}”.`);
  return answer({ sender: webContents, senderFrame: webContents.mainFrame }, ...args);
}
