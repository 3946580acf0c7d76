// The system's dialogs begin where a person was last, each kind in its own folder, also after a new start.
import { expect, test } from '@playwright/test';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenDialogOptions, SaveDialogOptions } from 'electron';
import { makeFolder, writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { launchApp, type RunningApp } from './app';

/** Answers the next dialog. @returns where that dialog began */
async function ask(
  { app, page }: RunningApp,
  command: 'chooseDataset' | 'openNetwork' | 'savePicture' | 'saveText',
  args: unknown,
  answer: string | undefined,
): Promise<string> {
  await app.evaluate(({ dialog }, chosen) => {
    const state = globalThis as { began?: string | undefined };
    dialog.showOpenDialog = ((_window: unknown, { defaultPath }: OpenDialogOptions) => {
      state.began = defaultPath;
      return Promise.resolve({ canceled: chosen === undefined, filePaths: chosen === undefined ? [] : [chosen] });
    }) as typeof dialog.showOpenDialog;
    dialog.showSaveDialog = ((_window: unknown, { defaultPath }: SaveDialogOptions) => {
      state.began = defaultPath;
      return Promise.resolve({ canceled: chosen === undefined, filePath: chosen ?? '' });
    }) as typeof dialog.showSaveDialog;
  }, answer);
  await page.evaluate(([name, value]) => window.api.command(name as 'saveText', value as never), [
    command,
    args,
  ] as const);
  return (await app.evaluate(() => (globalThis as { began?: string }).began))!;
}

const TABLE = { kind: 'table', name: 'numbers', text: '1' };
const PICTURE = { name: 'map', x: 0, y: 0, width: 10, height: 10 };

test('each kind of dialog starts in the folder chosen last, or in the nearest one that still exists', async () => {
  const { folder, remove } = await makeFolder();
  const [profile, digits, tables] = ['profile', 'digits', 'tables'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(digits);
  await mkdir(tables);
  await writeDataset(digits, smallDatasetFiles({ train: 100, test: 30, rows: 28, columns: 28 }));

  let studio = await launchApp({ userData: profile });
  const documents = await studio.app.evaluate(({ app }) => app.getPath('documents'));
  expect(await ask(studio, 'chooseDataset', undefined, digits)).toBe(documents);
  // closed: nothing to remember
  expect(await ask(studio, 'saveText', TABLE, undefined)).toBe(join(documents, 'numbers.csv'));
  expect(await ask(studio, 'saveText', TABLE, join(tables, 'a.csv'))).toBe(join(documents, 'numbers.csv'));
  expect(await ask(studio, 'openNetwork', {}, undefined)).toBe(documents);
  await studio.close();

  studio = await launchApp({ userData: profile });
  expect(await ask(studio, 'savePicture', PICTURE, undefined)).toBe(join(tables, 'map.png'));
  expect(await ask(studio, 'chooseDataset', undefined, undefined)).toBe(folder); // where its folder lies
  expect(await ask(studio, 'openNetwork', {}, undefined)).toBe(documents);
  await rm(tables, { recursive: true });
  expect(await ask(studio, 'saveText', TABLE, undefined)).toBe(join(folder, 'numbers.csv'));
  await studio.close();
  await remove();
});
