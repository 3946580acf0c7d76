// The one window: sandboxed, with the preload script as its only door.
import { BrowserWindow, nativeTheme } from 'electron';
import { join } from 'node:path';
import { START_PAGE } from './app-protocol';

export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    title: 'MNIST Studio',
    width: 1280,
    height: 800,
    minWidth: 800,
    minHeight: 560,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#161615' : '#fbfaf8',
    webPreferences: {
      preload: join(__dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(START_PAGE);
  return window;
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
