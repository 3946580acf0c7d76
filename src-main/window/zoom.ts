// The page's zoom: remembered across starts, and changed by the menu or by Ctrl and the mouse wheel.
import type { BrowserWindow } from 'electron';
import { nextZoom } from '../../src-shared/app/appearance';
import type { Preferences } from './preferences';

export type Zooming = 'in' | 'out' | 'reset';

/**
 * Restores the zoom of every page that loads.
 * @returns a function that changes the zoom
 */
export function keepZoom(window: BrowserWindow, preferences: Preferences): (how: Zooming) => void {
  const page = window.webContents;
  function zoom(how: Zooming): void {
    const factor = how === 'reset' ? 1 : nextZoom(preferences.get('zoom'), how);
    page.setZoomFactor(factor);
    preferences.set({ zoom: factor }).catch(console.error);
  }
  const restore = () => page.setZoomFactor(preferences.get('zoom'));
  // Not in a hidden window: on Wayland a page that is zoomed there often never paints, so that ready-to-show never
  // comes (seen with Electron 33 under Weston). The window is shown after the first load, see show-window.ts.
  page.on('dom-ready', () => window.isVisible() && restore());
  page.on('did-finish-load', restore);
  page.on('zoom-changed', (_event, direction) => zoom(direction));
  return zoom;
}
