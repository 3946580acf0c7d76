// The page's process dies, hangs or cannot be loaded: the app offers to load the page again, and training continues
// meanwhile.
import { expect } from '@playwright/test';
import { once } from 'node:events';
import type { MessageBoxOptions } from 'electron';
import { answerQuit, setField, type RunningApp } from './app';
import { test } from './studio-test';

/** A computer that does much else trains slowly. */
const EPOCH_TIMEOUT = { timeout: 60_000 };

interface Asked {
  asked: MessageBoxOptions[];
  answer?: (response: number) => void;
}

/** Message boxes are kept, as asked, until the test answers them. */
function keepQuestions({ app }: RunningApp): Promise<void> {
  return app.evaluate(({ dialog }) => {
    const state = globalThis as unknown as Asked;
    state.asked = [];
    dialog.showMessageBox = ((_window: unknown, options: MessageBoxOptions) => {
      state.asked.push(options);
      return new Promise((resolve) => {
        state.answer = (response) => resolve({ response, checkboxChecked: false });
        options.signal?.addEventListener('abort', () => state.answer!(options.cancelId!));
      });
    }) as typeof dialog.showMessageBox;
  });
}
const questions = ({ app }: RunningApp) =>
  app.evaluate(() =>
    (globalThis as unknown as Asked).asked.map(({ message, detail, buttons, defaultId }) => ({
      message,
      detail,
      buttons,
      default: buttons![defaultId!],
    })),
  );
const answer = ({ app }: RunningApp, button: string) =>
  app.evaluate((_electron, wanted) => {
    const { asked, answer: give } = globalThis as unknown as Asked;
    give!(asked.at(-1)!.buttons!.indexOf(wanted));
  }, button);

/**
 * Playwright gives up on a page whose process has died, so the text of the next one is read through the main process.
 */
const textOf = ({ app }: RunningApp, testid: string) =>
  app.evaluate(({ BrowserWindow }, id) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    if (webContents.isCrashed() || webContents.isLoading()) return '';
    const text = webContents.executeJavaScript(
      `document.querySelector('[data-testid=${id}]')?.textContent ?? ''`,
    ) as Promise<string>;
    // A page that goes meanwhile never answers.
    const gone = new Promise<string>((resolve) => {
      webContents.once('render-process-gone', () => resolve(''));
      webContents.once('did-start-loading', () => resolve(''));
    });
    return Promise.race([text, gone]);
  }, testid);
const epochIn = async (studio: RunningApp) =>
  Number(/Epoch ([\d.]+) of/.exec(await textOf(studio, 'epoch-label'))?.[1] ?? 0);
const crash = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer());
const pageProcess = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId());

test(
  'a page whose process is killed is offered again and shows the run, which went on; if it dies at once again, ' +
    'quitting is suggested',
  async ({ studio }) => {
    const { page } = studio;
    await page.getByTestId('open-builtin').click();
    await setField(page, 'Hidden 1', '16');
    await setField(page, 'Epochs', '900');
    await page.getByTestId('train').click();
    await expect.poll(() => epochIn(studio), EPOCH_TIMEOUT).toBeGreaterThan(1);
    await page.getByTestId('tab-weights').click();
    const before = await epochIn(studio);
    await keepQuestions(studio);

    await crash(studio);
    await expect
      .poll(() => questions(studio))
      .toEqual([
        {
          message: 'The page of this window ended unexpectedly.',
          detail:
            'Nothing is lost: training runs in a process of its own and continues, and the page shows everything ' +
            'again once it is loaded.',
          buttons: ['Load again', 'Quit'],
          default: 'Load again',
        },
      ]);
    expect(await textOf(studio, 'epoch-label')).toBe('');
    await answer(studio, 'Load again');
    await expect.poll(() => epochIn(studio), EPOCH_TIMEOUT).toBeGreaterThan(before);
    const after = await epochIn(studio);
    await expect.poll(() => epochIn(studio), EPOCH_TIMEOUT).toBeGreaterThan(after);

    await crash(studio);
    await expect.poll(() => questions(studio).then((all) => all.length)).toBe(2);
    const [, second] = await questions(studio);
    expect(second).toMatchObject({
      message: 'The page of this window ended again, right after it was loaded.',
      default: 'Quit',
    });
    expect(second!.detail).toContain('main.log');
    await answer(studio, 'Load again');
    await expect.poll(() => epochIn(studio), EPOCH_TIMEOUT).toBeGreaterThan(after);
  },
);

test('from a page that has died a person can quit, and is asked about the run as ever', async ({ studio }) => {
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await setField(page, 'Epochs', '900');
  await page.getByTestId('train').click();
  await expect.poll(() => epochIn(studio), EPOCH_TIMEOUT).toBeGreaterThan(0);
  await keepQuestions(studio);
  await crash(studio);
  await expect.poll(() => questions(studio).then((all) => all.length)).toBe(1);
  await app.evaluate(
    () => ((globalThis as unknown as { offer: unknown }).offer = (globalThis as unknown as Asked).answer),
  );
  await answerQuit(app, 'Quit');
  const ended = once(app.process(), 'exit');
  const closed = app.waitForEvent('close');
  await app.evaluate(() => (globalThis as unknown as { offer: (response: number) => void }).offer(1));
  expect((await ended)[0]).toBe(0);
  await closed;
});

test('a page that cannot be loaded is reported, and is shown once it can be', async ({ studio }) => {
  const { app } = studio;
  await keepQuestions(studio);
  await app.evaluate(({ BrowserWindow, session }) => {
    session.defaultSession.webRequest.onBeforeRequest((_details, reply) => reply({ cancel: true }));
    BrowserWindow.getAllWindows()[0]!.webContents.reload();
  });
  await expect
    .poll(() => questions(studio))
    .toMatchObject([{ message: 'The page of this window could not be loaded.', buttons: ['Load again', 'Quit'] }]);
  await app.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null));
  await answer(studio, 'Load again');
  await expect.poll(() => textOf(studio, 'open-builtin'), EPOCH_TIMEOUT).toContain('the data');
});

test('a page that does not respond can be waited for, or be loaded again in another process', async ({ studio }) => {
  const { app } = studio;
  await keepQuestions(studio);
  const emit = (event: 'unresponsive' | 'responsive') =>
    app.evaluate(({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]!.emit(name), event);
  const first = await pageProcess(studio);
  await emit('unresponsive');
  expect(await questions(studio)).toMatchObject([
    { message: 'The page of this window does not respond.', buttons: ['Wait', 'Load again'], default: 'Wait' },
  ]);
  await emit('responsive'); // the question goes by itself
  await emit('unresponsive');
  await expect.poll(() => questions(studio).then((all) => all.length)).toBe(2);
  await answer(studio, 'Wait');
  expect(await pageProcess(studio)).toBe(first);

  await emit('unresponsive');
  await answer(studio, 'Load again');
  await expect.poll(() => textOf(studio, 'open-builtin'), EPOCH_TIMEOUT).toContain('the data');
  expect(await pageProcess(studio)).not.toBe(first);
  expect(await questions(studio).then((all) => all.length)).toBe(3); // that it ended was wanted
});
