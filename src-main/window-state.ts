// Where the window was when it was last closed, and whether that is still on a screen. Pure but for the listening.
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import type { Preferences, WindowState } from './preferences';

export const SMALLEST = { width: 800, height: 560 } as const;
const AT_FIRST = { width: 1280, height: 800 } as const;
/** Moving and sizing tell many times a second. */
const REST_MS = 500;

/** What a new window is given; without x and y the system chooses the place. */
export function boundsFor(state: WindowState | undefined): Partial<Rectangle> {
  if (!state) return AT_FIRST;
  return fitInto(screen.getDisplayMatching(state).workArea, state);
}

/** Moves and shrinks a rectangle until it lies within an area, as far as the smallest size of a window lets it. */
export function fitInto(area: Rectangle, wanted: Rectangle): Rectangle {
  const width = Math.max(SMALLEST.width, Math.min(wanted.width, area.width));
  const height = Math.max(SMALLEST.height, Math.min(wanted.height, area.height));
  const x = Math.max(area.x, Math.min(wanted.x, area.x + area.width - width));
  const y = Math.max(area.y, Math.min(wanted.y, area.y + area.height - height));
  return { x, y, width, height };
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
