// npm run screenshots: the pictures of the README, taken in the real app after some epochs on the real MNIST.
import { _electron } from '@playwright/test';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { electronRuntime } from './electron-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { newProfile } from './profile.mjs';
import { inProject, main, projectRoot, sandboxFlags } from './project.mjs';

const EPOCHS = 12;
const FOLDER = inProject('docs/screenshots');

/** Along places of the pad, 0 to 1. */
async function draw(page, places) {
  const { x, y, width, height } = await page.getByTestId('drawing-pad').boundingBox();
  for (const [k, [right, down]] of places.entries()) {
    await page.mouse.move(x + right * width, y + down * height, { steps: 4 });
    if (k === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** Other runs, to be compared with the first one. */
async function trainBeside(page) {
  for (const [preset, learningRate] of [
    ['fast', '0.6'],
    ['fast', '0.1'],
    ['seed-mended', '0.1'],
  ]) {
    await page.getByRole('combobox', { name: 'Preset' }).selectOption(preset);
    await page.getByRole('textbox', { name: 'Learning rate' }).fill(learningRate);
    await page.getByRole('textbox', { name: 'Epochs' }).fill('6');
    await page.getByTestId('train').click();
    await page
      .getByTestId('epoch-label')
      .getByText(/^Epoch/)
      .waitFor();
    await page.getByTestId('epoch-label').getByText('Finished').waitFor({ timeout: 120_000 });
  }
  await page.getByTestId('tab-runs').click();
  await page.getByTestId('run').first().click();
}

await main(async () => {
  await ensureBuilt();
  await mkdir(FOLDER, { recursive: true });
  const profile = await newProfile();
  const { executable } = await electronRuntime();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...sandboxFlags, `--user-data-dir=${profile}`, projectRoot],
  });
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
  const show = (testid) => page.getByTestId(testid).click();
  await show('show-curves');
  await take('curves');
  await show('tab-weights');
  await take('weights');
  await page.getByTestId('weights-sort').selectOption('norm');
  await page.getByTestId('units').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('unit-picture').waitFor();
  await page.locator('[data-testid="unit-most"] li').first().waitFor();
  await take('unit');
  await show('tab-mistakes');
  await take('mistakes');
  await page.getByTestId('mistake').nth(2).getByRole('button').click();
  await page.locator('[data-testid="nearest"] li').first().waitFor();
  await take('image');
  await show('tab-network');
  await take('network');
  await show('tab-draw');
  await draw(page, [
    [0.3, 0.3],
    [0.35, 0.24],
    [0.5, 0.2],
    [0.64, 0.26],
    [0.66, 0.36],
    [0.58, 0.45],
    [0.46, 0.48],
    [0.6, 0.52],
    [0.7, 0.62],
    [0.66, 0.74],
    [0.5, 0.8],
    [0.34, 0.74],
  ]);
  await take('draw');
  await show('tab-map');
  await page
    .locator('[data-testid="map-canvas"][data-key^="pca"]:not([data-key="pca pixels"])')
    .waitFor({ timeout: 60_000 });
  await take('map');
  await show('tab-runs');
  await trainBeside(page);
  await take('runs');
  await page.getByTestId('run-export').click();
  await page.getByTestId('export-dialog').waitFor();
  await take('export');
  await page.keyboard.press('Escape');
  for (const run of await page.getByTestId('run').all()) await run.getByRole('checkbox').check();
  await show('compare');
  await page.getByTestId('overlay-accuracy').waitFor();
  await take('compare');
  await show('tab-training');
  await show('show-overview');
  await page.getByTestId('accuracy-verdict').waitFor();
  await take('better');
  await show('help');
  await show('help-palette');
  await page.keyboard.type('present');
  await page.keyboard.press('Enter');
  await page.getByTestId('present-accuracy').waitFor();
  await take('present');
  await app.close();
  await rm(profile, { recursive: true });
});
