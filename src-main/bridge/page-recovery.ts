// Loads the page of the window, and offers to load it again if that fails, if its process ends, or if it stops
// responding. Training runs in a process of its own and is not affected; a page that loads gets all that it has to show
// from there.
import { dialog, type BrowserWindow } from 'electron';
import { START_PAGE } from './app-address';
import { CrashLoop, isFailedLoad, TROUBLES, type Trouble } from './page-trouble';

const LOAD_AGAIN = 'Load again';

export interface PageRecoveryOptions {
  logFile: string;
  /** The page that was there is gone, and the next one is not there yet. */
  onGone: () => void;
}

export function loadPage(window: BrowserWindow, { logFile, onGone }: PageRecoveryOptions): void {
  const page = window.webContents;
  const loop = new CrashLoop(() => performance.now());
  let asking = false;
  /** A process that is ended on purpose, to load the page into another one. */
  let replacing = false;

  function load(): void {
    loop.loading();
    // What can go wrong arrives as an event, of later loads too.
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
    // Esc never quits. The Enter key does if loading has not helped, so that holding it down ends too.
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
      // Not before the old process is gone, or the new load would end with it.
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
        if (page.isCrashed()) return void offerToLoad('ended'); // while the question stood
        if (answered.signal.aborted || buttons[response] !== LOAD_AGAIN) return;
        replacing = true;
        page.forcefullyCrashRenderer(); // it would not even hear that it is to load again
      });
  });

  load();
}
