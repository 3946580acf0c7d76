// What the page must never be able to do, whatever runs in it: leave its origin, open windows, ask for permissions,
// reach the network.
import { app, session } from 'electron';
import { isAppAddress } from './app-address';

/** Before the first window opens, after the app is ready. */
export function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowed(url) }));
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault()); // of the main frame alone
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

function isAllowed(url: string): boolean {
  return isAppAddress(url) || url.startsWith('devtools://');
}
