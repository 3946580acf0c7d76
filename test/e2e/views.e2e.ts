// Every view of a network: it can be saved as a picture and its numbers as a table, opens soon, and follows training.
import { expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerSave, setField } from './app';
import { test } from './studio-test';
import { TABS } from '../../src-renderer/client/tabs';

const VIEWS = ['training', 'weights', 'mistakes', 'draw', 'map', 'network'];

async function train(page: Page, epochs: number): Promise<void> {
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', String(epochs));
  await page.getByTestId('train').click();
}

/** Width and height of a PNG file. */
async function readPngSize(file: string): Promise<[width: number, height: number]> {
  const bytes = await readFile(file);
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test('each view is saved as a picture, and its numbers as a table', async ({ studio, folder }) => {
  const { app, page } = studio;
  await train(page, 1);
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 1 epoch');
  for (const view of VIEWS) {
    await page.getByTestId(`tab-${view}`).click();
    const picture = join(folder, `${view}.png`);
    await answerSave(app, picture);
    await page.getByTestId('save-picture').first().click();
    await expect(page.getByTestId('message')).toContainText(`${view}.png`);
    const [width, height] = await readPngSize(picture);
    expect(width, view).toBeGreaterThan(400);
    expect(height, view).toBeGreaterThan(200);

    const table = join(folder, `${view}.csv`);
    await answerSave(app, table);
    await page.getByTestId('save-table').first().click();
    await expect(page.getByTestId('message')).toContainText(`${view}.csv`);
    const text = await readFile(table, 'utf8');
    expect(text.startsWith('\ufeff'), view).toBe(true);
    const lines = text.slice(1).trimEnd().split('\r\n');
    expect(lines.length, view).toBeGreaterThan(5);
    expect(new Set(lines.map((line) => line.split(',').length)).size, `${view}: every row has the same cells`).toBe(1);
  }
});

test('a picture that cannot be written says why, and the app keeps working', async ({ studio, folder }) => {
  const { app, page } = studio;
  await train(page, 1);
  await page.getByTestId('tab-weights').click();
  await answerSave(app, join(folder, 'missing', 'weights.png'));
  await page.getByTestId('save-picture').first().click();
  await expect(page.getByTestId('error')).toContainText(
    'The picture could not be written to weights.png: it does not exist. Nothing was changed. Please choose ' +
      'another place.',
  );
  await answerSave(app, join(folder, 'weights.png'));
  await page.getByTestId('save-picture').first().click();
  await expect(page.getByTestId('message')).toContainText('weights.png');
});

test('before training each view says what will be seen there', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  for (const view of VIEWS) {
    await page.getByTestId(`tab-${view}`).click();
    const panel = page.getByRole('tabpanel');
    await expect(panel.getByRole('heading', { level: 1 }), view).toBeVisible();
    await expect(panel.locator('p').first(), view).toHaveText(/^[A-Z].{60,}\.$/s);
  }
});

test('the code of the tabs is no part of the start, and is there before it is asked for', async ({ studio }) => {
  const { page } = studio;
  const read = new Set<string>();
  page.on('request', (request) => read.add(/\w+Tab-.*\.js$/.exec(request.url())?.[0] ?? 'another file'));
  await page.reload();
  await page.getByTestId('open-builtin').waitFor();
  expect([...read]).toEqual(['another file']);
  await page.getByTestId('open-builtin').click();
  await expect.poll(() => read.size).toBe(1 + TABS.length);
});

test('every view can be looked at while training runs, and after a reload', async ({ studio }) => {
  const { page } = studio;
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await train(page, 400);
  const epochs = async () =>
    Number(/Epoch ([\d.]+)/.exec((await page.getByTestId('epoch-label').textContent()) ?? '')?.[1]);
  for (const round of ['at first', 'after a reload']) {
    for (const view of VIEWS) {
      await page.getByTestId(`tab-${view}`).click();
      await expect.poll(epochs).toBeGreaterThan(0);
      const before = await epochs();
      await expect.poll(epochs, `${view} ${round}`).toBeGreaterThan(before + 1);
      await expect(page.getByTestId('save-picture').first()).toBeVisible();
    }
    if (round === 'at first') await page.reload();
  }
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Stopped');
  expect(faults).toEqual([]);
});
