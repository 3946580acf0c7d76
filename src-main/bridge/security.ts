// Limits of the page, whatever runs in it: it cannot leave its origin, open windows, ask for permissions or use the
// network.
import { app, session } from 'electron';
import { isAppAddress } from './app-address';

/** Must be called after the app is ready and before the first window opens. */
export function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowed(url) }));
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault()); // main frame only
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

function isAllowed(url: string): boolean {
  return isAppAddress(url) || url.startsWith('devtools://');
}
