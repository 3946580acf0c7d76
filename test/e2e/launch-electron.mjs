// Starts Electron with Playwright.
import { _electron } from '@playwright/test';

/** A start takes about a second. */
const SOON_MS = 10_000;
const AT_LAST_MS = 30_000;
const MOST_STARTS = 3;
/** The app is there, and Playwright is connected to its page's debugger. */
const CONNECTED = /<ws connected> \S+\/devtools\/browser\//;

/**
 * Playwright waits for the first navigation of the page. If it connects just when that is committed, about once in a
 * hundred starts, it has not seen it and waits for ever (its protocol log shows a page at “:” whose lifecycle events
 * all come; no message of the main process is missing). Only such a start is repeated, and it is said; an app that does
 * not come up fails at once.
 * @param options of _electron.launch
 */
export async function launchElectron(options) {
  for (let start = 1; ; start++) {
    try {
      return await _electron.launch({ ...options, timeout: start < MOST_STARTS ? SOON_MS : AT_LAST_MS });
    } catch (error) {
      if (start === MOST_STARTS || error.name !== 'TimeoutError' || !CONNECTED.test(error.message)) throw error;
      console.log('Playwright missed the page’s first navigation: the app is started again.');
    }
  }
}
