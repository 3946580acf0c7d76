// What the desktop gives the app to open, by an argument at the start, by a second start, or by an event: folders,
// files, addresses.
import { expect, test as base } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder, writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { exportWeights, launchApp, setField, startCommand, type RunningApp } from './app';

const test = base.extend<{ folder: string }>({
  // eslint-disable-next-line no-empty-pattern -- how Playwright writes a fixture that needs no other
  folder: async ({}, use) => {
    const { folder, remove } = await makeFolder();
    await use(folder);
    await remove();
  },
});

let studio: RunningApp;
test.afterEach(() => studio.close());

async function makeDataset(folder: string, name: string, train: number): Promise<string> {
  const place = join(folder, name);
  await mkdir(place);
  await writeDataset(place, smallDatasetFiles({ train, test: 30, rows: 28, columns: 28 }));
  return place;
}

async function startAgain(profile: string, ...given: string[]): Promise<void> {
  const { program, args } = startCommand(profile);
  await once(spawn(program, [...args, ...given], { stdio: 'ignore' }), 'exit');
}

test(
  'a folder is opened as a dataset: as an argument, at a second start by its address, and by the event of a ' +
    'Mac’s Dock',
  async ({ folder }) => {
    const profile = join(folder, 'profile');
    studio = await launchApp({ userData: profile, args: [await makeDataset(folder, 'first', 100)] });
    const summary = studio.page.getByTestId('dataset-summary');
    await expect(summary).toContainText('100 train · 30 test');
    await startAgain(profile, pathToFileURL(await makeDataset(folder, 'second 100%', 110)).href);
    await expect(summary).toContainText('110 train · 30 test');
    const third = await makeDataset(folder, 'third', 120);
    await studio.app.evaluate(
      ({ app }, place) => app.emit('open-file', { preventDefault: () => undefined }, place),
      third,
    );
    await expect(summary).toContainText('120 train · 30 test');
  },
);

test('what cannot be opened is refused with a sentence, as is a dataset during training', async ({ folder }) => {
  const profile = join(folder, 'profile');
  studio = await launchApp({ userData: profile, args: ['file:///nowhere/digits%20and%20letters'] });
  const { page } = studio;
  const error = page.getByTestId('error');
  await expect(error).toContainText(
    '“/nowhere/digits and letters” cannot be opened: it does not exist. Expected a folder with a dataset, or a ' +
      'file of a network',
  );
  await startAgain(profile, 'https://example.org/digits');
  await expect(error).toContainText(
    '“https://example.org/digits” cannot be opened: it is not the address of a file on this computer.',
  );

  await page.getByTestId('open-builtin').click();
  await setField(page, 'Epochs', '900');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('pause')).toBeVisible();
  await startAgain(profile, await makeDataset(folder, 'digits', 100));
  await expect(error).toContainText('Stop training first, then open it again.');
});

test('a network is opened by its address, also if there is no page while it is given', async ({ folder }) => {
  const profile = join(folder, 'profile');
  studio = await launchApp({ userData: profile, args: [await makeDataset(folder, 'digits', 100)] });
  const { app, page } = studio;
  await setField(page, 'Hidden 1', '16');
  await setField(page, 'Batch size', '10');
  await setField(page, 'Epochs', '1');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished');
  const file = join(folder, 'my net.onnx');
  await exportWeights(app, page, file);
  await app.evaluate(({ BrowserWindow, app: electron }, place) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    webContents.once('did-start-navigation', () =>
      electron.emit('open-file', { preventDefault: () => undefined }, place),
    );
    webContents.reload();
  }, file);
  await expect(page.getByTestId('message')).toContainText('my net.onnx is open.');
  await expect(page.getByTestId('epoch-label')).toContainText('Opened from a file');
  await page.getByTestId('message').getByRole('button').click();
  await startAgain(profile, pathToFileURL(file).href);
  await expect(page.getByTestId('message')).toContainText('my net.onnx is open.');
});
