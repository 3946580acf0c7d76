// The only window: sandboxed, with the preload script as its only bridge. page-recovery.ts loads its page.
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
    ...(process.platform === 'linux' && { icon }), // elsewhere the icon is part of the program
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

/** Shows the progress of training on the icon in the dock or taskbar. @param run undefined if none is training */
export function showProgress(window: BrowserWindow, run: { done: number; paused: boolean } | undefined): void {
  if (!window.isDestroyed()) window.setProgressBar(run ? run.done : -1, { mode: run?.paused ? 'paused' : 'normal' });
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
