// The least of an Electron main process around trainer.ts. Playwright calls trainBare, which gives the seconds of an
// epoch.
/* eslint-disable @typescript-eslint/no-require-imports */
const { app, BrowserWindow, utilityProcess } = require('electron');

const started = app.whenReady().then(async () => {
  const child = utilityProcess.fork(process.env.BARE_TRAINER, JSON.parse(process.env.BARE_ARGUMENTS));
  await new Promise((ready) => child.once('message', ready));
  void new BrowserWindow({ show: false }).loadURL('about:blank'); // Playwright waits for a window
  return child;
});

globalThis.trainBare = async () => {
  const child = await started;
  child.postMessage('epoch');
  return new Promise((resolve) => child.once('message', resolve));
};
