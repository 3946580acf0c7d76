// Decides when a new window is shown.

/** After this time a window is shown even if its page is not ready. */
export const LONGEST_WAIT_MS = 2000;

/** The part of Electron's BrowserWindow that is needed here. */
export interface HiddenWindow {
  once(event: 'ready-to-show' | 'closed', listener: () => void): unknown;
  readonly webContents: {
    once(event: 'did-finish-load' | 'did-fail-load' | 'render-process-gone', listener: () => void): unknown;
  };
}

/**
 * Calls show once: when the page has painted (ready-to-show), has loaded, has failed to load, or after two seconds,
 * whichever comes first. Painting alone is not enough: on Wayland a hidden window gets no frames, so its page never
 * paints, and the window would never be shown. Loading alone is not enough either: a page that hangs while it loads
 * would leave the app without a window.
 */
export function showWhenReady(window: HiddenWindow, show: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    finish();
    show();
  };
  const timer = setTimeout(once, LONGEST_WAIT_MS);
  function finish(): void {
    done = true;
    clearTimeout(timer);
  }
  window.once('ready-to-show', once);
  window.webContents.once('did-finish-load', once);
  window.webContents.once('did-fail-load', once);
  window.webContents.once('render-process-gone', once);
  window.once('closed', finish);
}
