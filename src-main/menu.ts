// The application menu: every platform's usual items, and the two commands that begin on the page.
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Notice } from '../src-shared/contract';

export function createMenu(notify: (notice: Notice) => void): Menu {
  const isMac = process.platform === 'darwin';
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'Choose Dataset Folder…', accelerator: 'CmdOrCtrl+O', click: () => notify({ kind: 'menu', item: 'open-folder' }) },
      { label: 'Open Network…', accelerator: 'CmdOrCtrl+Shift+O', click: () => notify({ kind: 'menu', item: 'open-network' }) },
      { label: 'Export Weights…', accelerator: 'CmdOrCtrl+E', click: () => notify({ kind: 'menu', item: 'export-weights' }) },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'reload' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  return Menu.buildFromTemplate([...(isMac ? [{ role: 'appMenu' } as const] : []), file, { role: 'editMenu' }, view, { role: 'windowMenu' }]);
}
