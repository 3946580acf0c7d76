// The end-to-end tests that only Electron can pass, and why. Without Electron they are skipped, with the reason in
// their name.

export interface Exception {
  file: string;
  title: string;
  reason: string;
}

const ELECTRON_SECURITY = 'it asks Electron’s own walls around the page';

export const NOT_IN_CHROMIUM: readonly Exception[] = [
  {
    file: 'workspace',
    title: 'a dropped folder is opened, and remembered at the next start',
    reason: 'only Electron tells the path of a dropped file',
  },
  { file: 'security', title: 'the window is sandboxed and isolated, without Node', reason: ELECTRON_SECURITY },
  {
    file: 'security',
    title: 'no request leaves the app, whatever the Content-Security-Policy says',
    reason: ELECTRON_SECURITY,
  },
  { file: 'security', title: 'the page cannot navigate, open windows or redirect itself', reason: ELECTRON_SECURITY },
  { file: 'security', title: 'permissions are denied', reason: ELECTRON_SECURITY },
  {
    file: 'security',
    title: 'commands are refused to any sender but the app’s own page, and with arguments that do not fit',
    reason: ELECTRON_SECURITY,
  },
  {
    file: 'security',
    title: 'commands are refused while the app’s own window shows another address',
    reason: 'only Electron’s window shows other addresses',
  },
  { file: 'security', title: 'the app’s own protocol serves nothing outside its folder', reason: ELECTRON_SECURITY },
];

/**
 * End-to-end tests that run without Electron too: those in which Chromium and V8 do most. The others would say no more,
 * and take minutes; axe is asked in page.e2e.ts.
 */
export const FILES_IN_CHROMIUM = ['main-job', 'draw', 'map', 'recovery', 'security', 'workspace'];
