// The one window: sandboxed, with the preload script as its only door. Its page is loaded by page-recovery.ts.
import { BrowserWindow, nativeTheme } from 'electron';
import { join } from 'node:path';
import { SMALLEST } from './fit-window';
import type { Preferences } from './preferences';
import { showWhenReady } from './show-window';
import icon from '../../build/icons/256x256.png?asset';
import { boundsFor, rememberWindow } from './window-state';

export function createWindow(preferences: Preferences): BrowserWindow {
  const state = preferences.get('window');
  const window = new BrowserWindow({
    title: 'MNIST Studio',
    ...boundsFor(state),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    ...(process.platform === 'linux' && { icon }), // elsewhere it comes with the program
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
  showWhenReady(window, () => {
    if (state?.maximized) window.maximize();
    window.show();
    if (state?.fullScreen) window.setFullScreen(true);
    rememberWindow(window, preferences);
  });
  return window;
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
