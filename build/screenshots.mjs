// npm run screenshots: the pictures of the README, taken in the real app after some epochs on the real MNIST.
import { _electron } from '@playwright/test';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { electronRuntime } from './electron-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { inProject, main, projectRoot, sandboxFlags } from './project.mjs';

const EPOCHS = 12;
const FOLDER = inProject('docs/screenshots');

await main(async () => {
  await ensureBuilt();
  await mkdir(FOLDER, { recursive: true });
  const profile = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-profile-'));
  const { executable } = await electronRuntime();
  const app = await _electron.launch({ executablePath: executable, args: [...sandboxFlags, `--user-data-dir=${profile}`, projectRoot] });
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1280, 800));

  async function take(name) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
      await page.screenshot({ path: path.join(FOLDER, `${name}-${colorScheme}.png`) });
    }
  }

  await page.getByTestId('open-builtin').waitFor();
  await take('start');
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await take('dataset');
  await page.getByTestId('tab-data').click();
  await page.getByTestId('sample').first().waitFor();
  await take('data');
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('record');
  await page.getByTestId('section-augmentation').click();
  await page.getByTestId('show-augmented').click();
  await page.getByTestId('augmented').first().waitFor();
  await take('augmentation');
  await page.getByTestId('section-augmentation').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('recommended');
  await page.getByTestId('tab-training').click();
  await page.getByRole('combobox', { name: 'Preset' }).evaluate((field) => field.scrollIntoView({ block: 'center' }));
  await page.getByTestId('train').click();
  await page.locator(`[data-test-points="${EPOCHS}"]`).first().waitFor({ timeout: 600_000 });
  await take('training');
  await page.getByTestId('stop').click();
  for (const tab of ['weights', 'mistakes']) {
    await page.getByTestId(`tab-${tab}`).click();
    await take(tab);
  }
  await app.close();
  await rm(profile, { recursive: true });
});
