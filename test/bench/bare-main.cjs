// The least of an Electron main process around bare-trainer.ts. Playwright calls trainBare, which gives the seconds of an epoch.
/* eslint-disable @typescript-eslint/no-require-imports */
const { app, BrowserWindow, utilityProcess } = require('electron');

void app.whenReady().then(async () => {
  const child = utilityProcess.fork(process.env.BARE_TRAINER, JSON.parse(process.env.BARE_ARGUMENTS));
  const answer = () => new Promise((resolve) => child.once('message', resolve));
  globalThis.ready = answer();
  globalThis.trainBare = () => {
    child.postMessage('epoch');
    return answer();
  };
  await new BrowserWindow({ show: false }).loadURL('about:blank'); // Playwright waits for a window
});
