// What a person does with the app in a few seconds: trains, looks, exports, opens, reloads.
import path from 'node:path';

const TIMEOUT = 60_000;
const PRESETS = ['fast', 'seed-mended', 'recommended'];
/** Of kept runs: a list that grows for ever would be no leak. */
const MOST_RUNS = 3;

/** @param cycle from 0; what is done differs from one to the next, and comes again */
export async function useApp(app, page, folder, cycle) {
  const show = (testid) => page.getByTestId(testid).click();
  const label = (text) => page.getByTestId('epoch-label').getByText(text).first().waitFor({ timeout: TIMEOUT });
  // Another dataset now and then, or the same one again.
  if (cycle % 4 === 0) await openDataset(page);

  await page.getByRole('combobox', { name: 'Preset' }).selectOption(PRESETS[cycle % PRESETS.length]);
  await page.getByRole('textbox', { name: 'Hidden 1' }).fill('64');
  await page.getByRole('textbox', { name: 'Epochs' }).fill('2');
  await show('train');
  await lookAround(page);
  await label(/^Finished/);

  const suffix = cycle % 2 === 0 ? '.npz' : '.onnx';
  const file = path.join(folder, `network${suffix}`);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, file);
  await show('export');
  await show(`take-${suffix}`);
  await show('export-now');
  await page.getByTestId('snippet-dialog').waitFor();
  await page.keyboard.press('Escape');

  await show('tab-runs');
  await page.getByTestId('open-network').click();
  await label('Opened from a file');
  await show('train-on');
  // Then it is a run like any other, which trains again from new weights.
  await label(/^Finished/);
  await page.getByTestId('train').waitFor({ timeout: TIMEOUT });
  await page.reload();
  await page.getByTestId('tab-runs').waitFor({ timeout: TIMEOUT });
  await forgetRuns(page);
}

export async function openDataset(page) {
  await page.locator('#app > *').first().waitFor();
  if (await page.getByTestId('open-builtin').isVisible()) await page.getByTestId('open-builtin').click();
  else await page.evaluate(() => window.api.command('openBuiltin', undefined));
  await page.getByTestId('dataset-overview').waitFor({ timeout: TIMEOUT });
}

export async function lookAround(page) {
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  }
}

/** Through the page's own door to main, since a person would take a minute. */
async function forgetRuns(page) {
  await page.evaluate(async (most) => {
    const { value } = await window.api.command('listRuns', undefined);
    const ids = value.runs.slice(most).map(({ id }) => id);
    if (ids.length > 0) await window.api.command('deleteRuns', { ids });
    await window.api.command('cleanUpRuns', { deleted: true, optimizerStates: false });
  }, MOST_RUNS);
}
