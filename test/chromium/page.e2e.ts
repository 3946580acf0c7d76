// The whole way through the app in the Chromium of the Electron that people get: every tab, in light and in dark, in
// the eyes of axe, without one error or warning on the console.
import { expect, test, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TABS } from '../../src-renderer/client/tabs';
import { answerFolder, exportWeights, launchApp, setField, type RunningApp } from '../e2e/app';
import { loadAxe, violations } from '../e2e/axe';
import { copyMnist, makeFolder } from '../fixtures/folders';
import { readNpz } from '../fixtures/npz-network';

const LOOKS = [{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const;

let studio: RunningApp;
let folder: string;
let remove: () => Promise<void>;
let messages: string[];
test.beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  await copyMnist(folder);
  studio = await launchApp();
  messages = recordConsole(studio.page);
  await studio.page.reload(); // what it says from its first line on
  await studio.page.getByTestId('choose-folder').waitFor();
});
test.afterEach(async () => {
  await studio.close();
  await remove();
});

/** Errors and warnings, as they come. */
function recordConsole(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(`uncaught: ${error.stack}`));
  page.on('crash', () => found.push('the page’s process crashed'));
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) found.push(`${message.type()}: ${message.text()}`);
  });
  return found;
}

async function chooseFolder({ app, page }: RunningApp): Promise<void> {
  await answerFolder(app, folder);
  await page.getByTestId('choose-folder').click();
  await expect(page.getByTestId('dataset-summary')).toContainText('60,000 train · 10,000 test · 28×28');
}

async function violationsInTabs(page: Page, when: string): Promise<string[]> {
  const found: string[] = [];
  for (const { id } of TABS) {
    await page.getByTestId(`tab-${id}`).click();
    await expect(page.getByTestId(`tab-${id}`)).toHaveAttribute('aria-selected', 'true');
    if (id === 'map') await page.getByTestId('map-canvas').waitFor();
    found.push(...(await violations(page, `${id} tab ${when}`, LOOKS)));
  }
  return found;
}

test(
  'a folder is chosen and trained on; every tab opens in light and in dark without a fault; the weights are ' +
    'exported',
  async () => {
    const { app, page } = studio;
    expect(await page.evaluate(() => navigator.userAgent)).toContain(
      `Chrome/${process.env['MNIST_STUDIO_CHROMIUM_VERSION']!.split('.')[0]}.`,
    );
    await loadAxe(page);
    await chooseFolder(studio);
    const found = await violationsInTabs(page, 'before training');

    await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
    await setField(page, 'Epochs', '2');
    await page.getByTestId('train').click();
    await expect(page.getByTestId('epoch-label')).toContainText('Finished: 2 epochs', { timeout: 60_000 });
    found.push(...(await violationsInTabs(page, 'after training')));
    expect(found).toEqual([]);

    const file = join(folder, 'exported.npz');
    await exportWeights(app, page, file);
    expect(readNpz(await readFile(file)).metadata.testAccuracy).toBeGreaterThan(0.95);
    expect(messages).toEqual([]);
  },
);

test('the page is reloaded in the middle of a run, and shows how the run continues', async () => {
  const { page } = studio;
  await chooseFolder(studio);
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '500');
  await page.getByTestId('train').click();
  const points = async () => Number(await page.getByTestId('loss-chart').getAttribute('data-test-points'));
  await page.getByTestId('tab-training').click();
  await expect.poll(points, { timeout: 60_000 }).toBeGreaterThan(1);
  const before = await points();
  await page.reload();
  await page.getByTestId('tab-training').click();
  await expect.poll(points).toBeGreaterThanOrEqual(before);
  await expect.poll(points, { timeout: 60_000 }).toBeGreaterThan(before + 1);
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Stopped');
  expect(messages).toEqual([]);
});
