// Closing the window in the middle of training: asks once, and does what the answer says. And what must be done before
// the end.
import { app, dialog, type BrowserWindow } from 'electron';
import { setTimeout as delay } from 'node:timers/promises';
import { finishWork, type UnfinishedWork } from '../files/unfinished-work';

/** @param onKept the person goes on training, and the app does not end */
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
    detail: 'Only the epoch in flight will be lost: the run is kept, and can go on when the app is opened again.',
    buttons,
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return buttons[response] === 'Quit';
}

/** Nothing that was being written is lost, unless a person says so. */
export function finishBeforeQuit(unfinished: UnfinishedWork): void {
  let state: 'running' | 'finishing' | 'finished' = 'running';
  app.on('will-quit', (event) => {
    if (state === 'finished') return;
    event.preventDefault();
    if (state === 'finishing') return;
    state = 'finishing';
    const done = finishWork(unfinished, { keepWaiting: askToWait, tellLost }, (milliseconds) => delay(milliseconds));
    // Not at once: Electron is still in the middle of the quitting that this prevents.
    void done.catch(console.error).finally(() => {
      state = 'finished';
      setImmediate(() => app.quit());
    });
  });
}

/** The window is closed by now, so these are dialogs of their own. */
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

async function tellLost(sentences: string[]): Promise<void> {
  await dialog.showMessageBox({
    type: 'warning',
    message: 'Not everything could be written.',
    detail: sentences.join('\n\n'),
    buttons: ['Quit'],
    noLink: true,
  });
}
