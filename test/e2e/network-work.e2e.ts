// Large networks in the real app: while one is written or read in its own process, the app answers, shows its
// progress, and can stop it.
import { expect, type Page } from '@playwright/test';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { npzOf } from '../fixtures/network-files';
import { answerFolder, answerSave, type RunningApp } from './app';
import { test } from './studio-test';

/** Six million weights, which take seconds as JSON. */
const LARGE = { W1: [784, 2048], b1: [2048], W2: [2048, 2048], b2: [2048], W3: [2048, 10], b3: [10] };

async function openLarge({ app, page }: Pick<RunningApp, 'app' | 'page'>, folder: string): Promise<void> {
  const data = join(folder, 'data');
  await mkdir(data);
  await writeDataset(data, smallDatasetFiles({ train: 400, test: 50, rows: 28, columns: 28 }));
  await answerFolder(app, data);
  await page.getByTestId('choose-folder').click();
  await page.getByTestId('dataset-overview').waitFor();
  await writeFile(join(folder, 'large.npz'), npzOf(LARGE));
  await beginImport({ app, page }, join(folder, 'large.npz'));
  await page.getByTestId('activation-dialog').getByRole('button', { name: 'Open' }).click();
  await expect(page.getByTestId('epoch-label')).toContainText('Opened from a file', { timeout: 60_000 });
}

async function beginImport({ app, page }: Pick<RunningApp, 'app' | 'page'>, file: string): Promise<void> {
  await answerFolder(app, file);
  await page.getByTestId('tab-runs').click();
  await page.getByTestId('open-network').click();
}

async function beginExport({ app, page }: RunningApp, file: string): Promise<void> {
  await answerSave(app, file);
  await page.getByTestId('export').click();
  await page.getByTestId('take-.json').check();
  await page.getByTestId('export-now').click();
}

const processes = ({ app }: RunningApp) =>
  app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().flatMap(({ name, pid }) => (name === 'MNIST Studio network files' ? [pid] : [])),
  );

/** Halts the process that is at work, until it is resumed. */
async function halt(studio: RunningApp): Promise<{ id: number; resume: () => void }> {
  let id: number | undefined;
  await expect.poll(async () => ([id] = await processes(studio)).length, { intervals: [10] }).toBe(1);
  process.kill(id!, 'SIGSTOP');
  return { id: id!, resume: () => void process.kill(id!, 'SIGCONT') };
}

const card = (page: Page) => page.getByTestId('network-work');
const temporary = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith('.tmp'));

test('while a network is written the app answers, and a second one is refused; then the whole file is there', async ({
  studio,
  folder,
}) => {
  const { page } = studio;
  await openLarge(studio, folder);
  const file = join(folder, 'large.json');
  await beginExport(studio, file);
  const halted = await halt(studio);
  await expect(card(page)).toContainText('Writing large.json');
  expect(await page.evaluate(() => window.api.command('about', undefined))).toMatchObject({ ok: true });
  await beginImport(studio, join(folder, 'large.npz'));
  await expect(page.getByTestId('error')).toContainText(
    'large.json is still being written. Please wait until it is done, or cancel it.',
  );
  await expect(page.getByTestId('saved-file')).toHaveCount(0);
  expect(await readdir(folder)).not.toContain('large.json');

  halted.resume();
  await expect(page.getByTestId('saved-file')).toHaveText(file, { timeout: 60_000 });
  await expect(card(page)).toHaveCount(0);
  await expect.poll(() => processes(studio)).toEqual([]);
  const { layers } = JSON.parse(await readFile(file, 'utf8')) as { layers: { weight: number[][] }[] };
  expect(layers.map(({ weight }) => [weight.length, weight[0]!.length])).toEqual([
    [2048, 784],
    [2048, 2048],
    [10, 2048],
  ]);
  expect(await temporary(folder)).toEqual([]);
});

test('a reloaded page shows it too; cancelling leaves the old file, and nothing beside it', async ({
  studio,
  folder,
}) => {
  const { page } = studio;
  await openLarge(studio, folder);
  const file = join(folder, 'large.json');
  await writeFile(file, 'before');
  await beginExport(studio, file);
  const halted = await halt(studio);
  await expect(card(page)).toBeVisible();
  await page.reload();
  await expect(card(page)).toContainText('Writing large.json');
  halted.resume();
  await page.getByTestId('cancel-network-work').click();
  await expect(card(page)).toHaveCount(0);
  await expect(page.getByTestId('message')).toHaveText('large.json was not written.');
  await expect.poll(() => processes(studio)).toEqual([]);
  expect(await readFile(file, 'utf8')).toBe('before');
  expect(await temporary(folder)).toEqual([]);
});

test('the death of a process is reported, and the app keeps working', async ({ studio, folder }) => {
  const { page } = studio;
  await openLarge(studio, folder);
  await beginExport(studio, join(folder, 'large.json'));
  process.kill((await halt(studio)).id, 'SIGKILL');
  await expect(page.getByTestId('error')).toContainText(
    'The weights could not be written to large.json: there was probably not enough memory for this network. ' +
      'Nothing was changed.',
  );
  expect(await readdir(folder)).toEqual(['data', 'large.npz']);
});

test('an app that ends in the middle leaves no half file', async ({ studio, folder }) => {
  await openLarge(studio, folder);
  const file = join(folder, 'large.json');
  await beginExport(studio, file);
  await expect.poll(() => temporary(folder), { intervals: [10] }).toHaveLength(1);
  await studio.close();
  expect(await temporary(folder)).toEqual([]);
  const whole = await readFile(file, 'utf8').catch(() => undefined);
  if (whole !== undefined) expect(() => JSON.parse(whole) as unknown).not.toThrow();
});

test('while a network is read the app answers, and a cancel opens nothing', async ({ studio, folder }) => {
  const { page } = studio;
  await openLarge(studio, folder);
  const file = join(folder, 'large.json');
  await beginExport(studio, file);
  await expect(page.getByTestId('saved-file')).toHaveText(file, { timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect.poll(() => processes(studio)).toEqual([]);

  await beginImport(studio, file);
  const cancelled = await halt(studio);
  await expect(card(page)).toContainText('Reading large.json');
  expect(await page.evaluate(() => window.api.command('about', undefined))).toMatchObject({ ok: true });
  cancelled.resume();
  await page.getByTestId('cancel-network-work').click();
  await expect(page.getByTestId('message')).toHaveText('large.json was not opened.');
  await expect.poll(() => processes(studio)).toEqual([]);

  await beginImport(studio, file);
  await expect(page.getByTestId('message')).toContainText('large.json is open.', { timeout: 60_000 });
  await page.getByTestId('tab-runs').click();
  await expect(page.getByTestId('run')).toHaveCount(2);
});
