// Remembers the bounds of the window, and fits them to the screens that are connected now.
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { centredIn, fitInto, isKnownPlace, sizeWithin } from './fit-window';
import type { Preferences, WindowState } from './preferences';

const FIRST_SIZE = { width: 1280, height: 800 } as const;
/** Bounds change many times a second while a person moves the window; this long after the last change they are kept. */
const SETTLED_MS = 500;

/** Bounds for a new window. Without x and y the system chooses the position. */
export function boundsFor(state: WindowState | undefined): Partial<Rectangle> {
  if (!state) return centredIn(screen.getPrimaryDisplay().workArea, FIRST_SIZE);
  if (!isKnownPlace(state)) return sizeWithin(screen.getPrimaryDisplay().workArea, state);
  return fitInto(screen.getDisplayMatching(state).workArea, state);
}

/** Remembers the window's state when it has stopped changing, and when the window closes. */
export function rememberWindow(window: BrowserWindow, preferences: Preferences): void {
  let timer: NodeJS.Timeout | undefined;
  const remember = () => {
    clearTimeout(timer);
    const { x, y, width, height } = window.getNormalBounds();
    const state = { x, y, width, height, maximized: window.isMaximized(), fullScreen: window.isFullScreen() };
    if (JSON.stringify(state) !== JSON.stringify(preferences.get('window')))
      preferences.set({ window: state }).catch(console.error);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => !window.isDestroyed() && remember(), SETTLED_MS);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize', 'enter-full-screen', 'leave-full-screen'] as const)
    window.on(event as 'resize', later);
  window.on('close', remember);
}
