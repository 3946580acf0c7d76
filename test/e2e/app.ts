// Starts the built app with a profile of its own, for one test: in the real Electron, or without it in Chromium.
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { launchInChromium } from '../chromium/launch';
import { launchElectron } from './launch-electron.mjs';

/** An app that cannot open its window soon will not: better said early than when the whole test runs out of time. */
const START_TIMEOUT_MS = 30_000;
/** Set by test/chromium/setup.mjs: the app runs without Electron. */
const inChromium = process.env['MNIST_STUDIO_CHROMIUM'] !== undefined;
const projectRoot = path.resolve(import.meta.dirname, '../..');

export interface RunningApp {
  app: ElectronApplication;
  page: Page;
  /** Ends the app, where it has not ended already, and deletes its profile, unless the test brought one. */
  close(): Promise<void>;
}

const sandboxFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** What starts the app with this profile folder. */
export function startCommand(userData: string): { program: string; args: string[] } {
  // See setup.mjs. A packaged app contains its code; Electron needs the folder as an argument.
  const what = process.env['MNIST_STUDIO_PACKAGED'] ? [] : [projectRoot];
  return {
    program: process.env['MNIST_STUDIO_ELECTRON']!,
    args: [...sandboxFlags, `--user-data-dir=${userData}`, ...what],
  };
}

/**
 * @param options.userData the profile folder to use instead of a new one, so that a test can start the app twice
 * @param options.firstStart with the tour of a first start, which other tests have seen already
 * @param options.locale how numbers and dates are written, as Linux names it; the tests read them as Americans do
 */
export async function launchApp(
  options: { userData?: string; args?: string[]; firstStart?: boolean; locale?: string } = {},
): Promise<RunningApp> {
  const userData = options.userData ?? (await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-profile-')));
  await mkdir(userData, { recursive: true });
  if (!options.firstStart)
    await writeFile(path.join(userData, 'preferences.json'), '{ "tourSeen": true }', { flag: 'wx' }).catch(
      () => 'there is one already',
    );
  const { program, args } = startCommand(userData);
  const start = {
    args: [...args, ...(options.args ?? [])],
    // One that every Linux has: under another, Chromium takes seconds to open a profile whose name is not in ASCII.
    env: { ...(process.env as Record<string, string>), LC_ALL: options.locale ?? 'C.UTF-8' },
  };
  const app = inChromium
    ? await launchInChromium(start)
    : await launchElectron({
        ...start,
        executablePath: program,
        chromiumSandbox: sandboxFlags.length === 0,
        cwd: projectRoot,
      });
  const page = await app.firstWindow({ timeout: START_TIMEOUT_MS });
  await page.locator('#app > *').first().waitFor();

  let ended = false;
  app.on('close', () => (ended = true));
  async function close(): Promise<void> {
    if (!ended) await answerQuit(app, 'Quit').then(() => app.close());
    if (options.userData === undefined) await rm(userData, { recursive: true, force: true });
  }
  return { app, page, close };
}

/** The native dialogs cannot be clicked: their answers are put in the place of the functions that show them. */
export function answerFolder(app: ElectronApplication, folder: string): Promise<void> {
  return app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, folder);
}

export function answerSave(app: ElectronApplication, file: string): Promise<void> {
  return app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
}

/** Exports the network that is shown, in the format of the file's ending. @returns the program that comes with it */
export async function exportWeights(app: ElectronApplication, page: Page, file: string): Promise<string> {
  await answerSave(app, file);
  await page.getByTestId('export').click();
  return takeAway(page, file);
}

/**
 * Chooses the format of the file's ending in the export dialog, which is open.
 * @returns the program that comes with it
 */
export async function takeAway(page: Page, file: string): Promise<string> {
  await page.getByTestId(`take-${/(\.weights)?\.\w+$/.exec(file)![0]}`).check();
  await page.getByTestId('export-now').click();
  await expect(page.getByTestId('saved-file')).toHaveText(file);
  const snippet = await page.getByTestId('snippet').innerText();
  await page.keyboard.press('Escape');
  return snippet;
}

/** How often the app has asked is counted in the main process, as quitQuestions. */
export function answerQuit(app: ElectronApplication, answer: 'Quit' | 'Keep training'): Promise<void> {
  return app.evaluate(({ dialog }, wanted) => {
    const counter = globalThis as { quitQuestions?: number };
    dialog.showMessageBox = ((_window: unknown, { buttons }: { buttons: string[] }) => {
      counter.quitQuestions = (counter.quitQuestions ?? 0) + 1;
      return Promise.resolve({ response: buttons.indexOf(wanted), checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  }, answer);
}

/** The operating system's ids of all processes of the app. */
export function processIds(app: ElectronApplication): Promise<number[]> {
  return app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid));
}

export function trainerId(app: ElectronApplication): Promise<number> {
  return app.evaluate(
    ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'MNIST Studio trainer')!.pid,
  );
}

/** Fills a settings field by its label. */
export async function setField(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(value);
}
