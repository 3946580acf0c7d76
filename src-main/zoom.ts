// The page's zoom: kept from one start to the next, and changed by the menu or by Ctrl and the wheel.
import type { WebContents } from 'electron';
import { nextZoom } from '../src-shared/appearance';
import type { Preferences } from './preferences';

export type Zooming = 'in' | 'out' | 'reset';

/** @returns what zooms. A page that loads forgets its zoom, and is given it again. */
export function keepZoom(page: WebContents, preferences: Preferences): (how: Zooming) => void {
  function zoom(how: Zooming): void {
    const factor = how === 'reset' ? 1 : nextZoom(preferences.get('zoom'), how);
    page.setZoomFactor(factor);
    preferences.set({ zoom: factor }).catch(console.error);
  }
  page.on('dom-ready', () => page.setZoomFactor(preferences.get('zoom')));
  page.on('zoom-changed', (_event, direction) => zoom(direction));
  return zoom;
}
