// Closing the window in the middle of training: asks once, and does what the answer says. And what must be done before the end.
import { app, dialog, type BrowserWindow } from 'electron';

export function confirmQuit(window: BrowserWindow, isTraining: () => boolean): void {
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

/** @param work what is still being written */
export function finishBeforeQuit(work: () => Promise<void>): void {
  let finished = false;
  app.on('will-quit', (event) => {
    if (finished) return;
    event.preventDefault();
    // Not at once: Electron is still in the middle of the quitting that this prevents.
    void work().finally(() => {
      finished = true;
      setImmediate(() => app.quit());
    });
  });
}
