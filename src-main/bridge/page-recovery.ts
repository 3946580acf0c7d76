// Loads the page of the window, and offers to load it again if that fails, if its process ends, or if it stops
// responding. Training runs in a process of its own and is not affected; a page that loads gets its whole state from
// there.
import { dialog, type BrowserWindow } from 'electron';
import { START_PAGE } from './app-address';
import { CrashLoop, isFailedLoad, TROUBLES, type Trouble } from './page-trouble';

const LOAD_AGAIN = 'Load again';

export interface PageRecoveryOptions {
  logFile: string;
  /** Called when the page is gone and the next one has not loaded yet. */
  onGone: () => void;
}

export function loadPage(window: BrowserWindow, { logFile, onGone }: PageRecoveryOptions): void {
  const page = window.webContents;
  const loop = new CrashLoop(() => performance.now());
  let asking = false;
  /** True while the page's process is ended on purpose, to load the page into a new one. */
  let replacing = false;

  function load(): void {
    loop.loading();
    // Failures of this and of later loads arrive as events.
    page.loadURL(START_PAGE).catch(() => undefined);
  }

  async function offerToLoad(trouble: Trouble): Promise<void> {
    if (asking || window.isDestroyed()) return;
    asking = true;
    if (!window.isVisible()) window.show();
    const buttons = [LOAD_AGAIN, 'Quit'];
    const again = loop.isLikely;
    const { message, detail } = TROUBLES[trouble](again, logFile);
    console.error(message);
    // Esc never quits. Enter does if loading again has not helped, so that a held key does not load forever.
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message,
      detail,
      buttons,
      defaultId: again ? 1 : 0,
      cancelId: 0,
      noLink: true,
    });
    asking = false;
    if (window.isDestroyed()) return;
    if (buttons[response] === LOAD_AGAIN) load();
    else window.close();
  }

  page.on('render-process-gone', (_event, { reason }) => {
    onGone();
    if (replacing) {
      replacing = false;
      // Only after the old process is gone, because the new load would end with it.
      setImmediate(() => window.isDestroyed() || load());
    } else void offerToLoad(reason === 'oom' ? 'out-of-memory' : 'ended');
  });
  page.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) onGone();
  });
  page.on('did-fail-load', (_event, code, _description, _url, isMainFrame) => {
    if (isMainFrame && isFailedLoad(code)) void offerToLoad('not-loaded');
  });
  page.on('did-navigate', (_event, _url, status) => {
    if (status >= 400) void offerToLoad('not-loaded');
  });
  page.on('preload-error', (_event, _path, error) => {
    console.error(error);
    void offerToLoad('not-loaded');
  });

  window.on('unresponsive', () => {
    if (asking || page.isDevToolsOpened()) return; // a page that a debugger has stopped does not respond either
    asking = true;
    const answered = new AbortController();
    const responds = () => answered.abort();
    window.once('responsive', responds);
    page.once('render-process-gone', responds);
    const { message, detail } = TROUBLES.unresponsive(false, logFile);
    const buttons = ['Wait', LOAD_AGAIN];
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        message,
        detail,
        buttons,
        defaultId: 0,
        cancelId: 0,
        noLink: true,
        signal: answered.signal,
      })
      .then(({ response }) => {
        window.off('responsive', responds);
        page.off('render-process-gone', responds);
        asking = false;
        if (window.isDestroyed()) return;
        if (page.isCrashed()) return void offerToLoad('ended'); // the process ended while the dialog was open
        if (answered.signal.aborted || buttons[response] !== LOAD_AGAIN) return;
        replacing = true;
        page.forcefullyCrashRenderer(); // a page that hangs does not handle a reload
      });
  });

  load();
}
