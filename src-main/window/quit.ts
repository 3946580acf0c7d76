// Asks before the window is closed during training, and finishes what is being written before the app quits.
import { app, dialog, type BrowserWindow } from 'electron';
import { setTimeout as delay } from 'node:timers/promises';
import { finishWork, type UnfinishedWork } from '../files/unfinished-work';

/** @param onKept called if the person keeps training, and the app does not quit */
export function confirmQuit(window: BrowserWindow, isTraining: () => boolean, onKept: () => void): void {
  let asking = false;
  let confirmed = false;
  window.on('close', (event) => {
    if (confirmed || !isTraining()) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void askToQuit(window).then((quit) => {
      asking = false;
      confirmed = quit;
      if (quit) window.close();
      else onKept();
    });
  });
}

async function askToQuit(window: BrowserWindow): Promise<boolean> {
  const buttons = ['Keep training', 'Quit'];
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Training is still running. Quit anyway?',
    detail: 'Only the current epoch will be lost: the run is saved, and can be resumed when the app is opened again.',
    buttons,
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return buttons[response] === 'Quit';
}

/** Waits for everything that is being written, unless the person quits anyway. */
export function finishBeforeQuit(unfinished: UnfinishedWork): void {
  let state: 'running' | 'finishing' | 'finished' = 'running';
  app.on('will-quit', (event) => {
    if (state === 'finished') return;
    event.preventDefault();
    if (state === 'finishing') return;
    state = 'finishing';
    const done = finishWork(unfinished, { keepWaiting: askToWait, reportLost }, (milliseconds) => delay(milliseconds));
    // In a later turn, because Electron is still handling the attempt to quit that was prevented here.
    void done.catch(console.error).finally(() => {
      state = 'finished';
      setImmediate(() => app.quit());
    });
  });
}

/** Without a parent window, because the window is closed already. */
async function askToWait(what: string[], signal: AbortSignal): Promise<boolean> {
  const buttons = ['Keep waiting', 'Quit anyway'];
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: 'Not everything is written yet.',
    detail:
      `Still being written: ${what.join(', ')}. Another program may have the files open; please close it. If you ` +
      'quit anyway, what is missing is lost.',
    buttons,
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal,
  });
  return buttons[response] !== 'Quit anyway';
}

async function reportLost(sentences: string[]): Promise<void> {
  await dialog.showMessageBox({
    type: 'warning',
    message: 'Not everything could be written.',
    detail: sentences.join('\n\n'),
    buttons: ['Quit'],
    noLink: true,
  });
}
