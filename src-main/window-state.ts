// Where the window was when it was last closed: remembers it, and finds its place on the screens that there are now.
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { fitInto } from './fit-window';
import type { Preferences, WindowState } from './preferences';

const AT_FIRST = { width: 1280, height: 800 } as const;
/** Moving and sizing tell many times a second. */
const REST_MS = 500;

/** What a new window is given; without x and y the system chooses the place. */
export function boundsFor(state: WindowState | undefined): Partial<Rectangle> {
  if (!state) return AT_FIRST;
  return fitInto(screen.getDisplayMatching(state).workArea, state);
}

/** Remembers bounds, maximised and full screen, whenever they have come to rest, and when the window closes. */
export function rememberWindow(window: BrowserWindow, preferences: Preferences): void {
  let timer: NodeJS.Timeout | undefined;
  const remember = () => {
    clearTimeout(timer);
    const { x, y, width, height } = window.getNormalBounds();
    const state = { x, y, width, height, maximized: window.isMaximized(), fullScreen: window.isFullScreen() };
    if (JSON.stringify(state) !== JSON.stringify(preferences.get('window'))) preferences.set({ window: state }).catch(console.error);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => !window.isDestroyed() && remember(), REST_MS);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize', 'enter-full-screen', 'leave-full-screen'] as const) window.on(event as 'resize', later);
  window.on('close', remember);
}
