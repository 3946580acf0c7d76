// What the page remembers: nothing of another dataset or of an earlier network, and after a reload all that is still
// true.
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WindowApi } from '../../src-shared/contract';
import { PLAIN_SETTINGS } from '../../src-shared/settings/presets';
import { writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { answerFolder, setField } from './app';
import { test } from './studio-test';

const NAMES = ['top', 'shirt', 'top', 'coat', '=1+1', 'bag', 'boot', 'shoe', 'dress', 'top'];

/** A dataset in which several classes have the same name. */
async function smallDataset(folder: string, test: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeDataset(folder, smallDatasetFiles({ train: 400, test, rows: 10, columns: 14 }));
  await writeFile(join(folder, 'labels.txt'), NAMES.join('\n'));
  return folder;
}

async function openByMenu(app: ElectronApplication, folder: string): Promise<void> {
  await answerFolder(app, folder);
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('open-folder')!.click());
}

async function train(page: Page): Promise<void> {
  await setField(page, 'Epochs', '1');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished');
}

test('classes of the same name, and a change of the dataset: no tab shows what belongs to another one', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await answerFolder(app, await smallDataset(join(folder, 'first'), 60));
  await page.getByTestId('choose-folder').click();
  await train(page);

  await page.getByTestId('tab-draw').click();
  await expect(page.getByTestId('drawn-label').locator('option')).toHaveText(NAMES);
  await page.getByTestId('drawing-pad').click();
  await expect(page.getByTestId('drawing-pad')).toHaveAttribute('data-strokes', '1');
  await page.getByTestId('drawn-label').selectOption({ index: 9 });

  await page.getByTestId('tab-mistakes').click();
  await page.getByTestId('mistake').first().getByRole('button').click();
  await expect(page.getByTestId('image-detail')).toBeVisible();
  await openByMenu(app, await smallDataset(join(folder, 'second'), 20));
  await expect(page.getByTestId('dataset-summary')).toContainText('20 test');
  await expect(page.getByTestId('image-detail')).toHaveCount(0);
  await train(page);
  await expect(page.getByTestId('mistakes-count')).toContainText('of 20 misclassified');
  await expect(page.getByTestId('image-detail')).toHaveCount(0);

  await page.getByTestId('tab-draw').click();
  await expect(page.getByTestId('drawing-pad')).toHaveAttribute('data-strokes', '0');
  await page.getByTestId('tab-network').click();
  await expect(page.getByTestId('network-view')).toContainText('test image 0 is');
  expect(faults).toEqual([]);
});

test('a unit that the next network does not have is no longer looked at', async ({ studio, folder }) => {
  const { app, page } = studio;
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await answerFolder(app, await smallDataset(folder, 60));
  await page.getByTestId('choose-folder').click();
  await page.getByRole('button', { name: 'Add layer' }).click();
  await train(page);
  await page.getByTestId('tab-network').click();
  const flow = page.getByTestId('flow');
  await flow.focus();
  await page.keyboard.press('ArrowRight');
  for (let layer = 2; layer < 9 && (await flow.getAttribute('data-focus'))![0] !== '3'; layer++) {
    for (let step = 0; step < 60 && (await flow.getAttribute('data-focus'))![0] === String(layer - 1); step++)
      await page.keyboard.press('ArrowRight');
  }
  await expect(flow).toHaveAttribute('data-focus', /^3 /);
  await page.getByRole('button', { name: 'Remove hidden layer 2' }).click();
  await page.getByRole('button', { name: 'Remove hidden layer 1' }).click();
  await train(page);
  await flow.focus();
  await expect(flow).not.toHaveAttribute('data-focus', /./);
  await expect(page.getByTestId('network-view')).toContainText('140 → 10');
  expect(faults).toEqual([]);
});

test('after a reload the page knows how many runs still wait', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  const settings = Array.from({ length: 3 }, (_, seed) => ({ ...PLAIN_SETTINGS, hidden: [64], epochs: 1000, seed }));
  await page.evaluate(
    (all) => (window as unknown as { api: WindowApi }).api.command('trainSeveral', { name: 'three', settings: all }),
    settings,
  );
  await page.getByTestId('tab-runs').click();
  await expect(page.getByRole('tabpanel')).toContainText('2 waiting to be trained');
  await page.reload();
  await page.getByTestId('tab-runs').click();
  await expect(page.getByRole('tabpanel')).toContainText('2 waiting to be trained');
});

test('a dialog stays open while a selection is dragged out of it, and closes by a press beside it', async ({
  studio,
}) => {
  const { app, page } = studio;
  await page.getByTestId('open-builtin').waitFor();
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('glossary')!.click());
  const dialog = page.getByRole('dialog');
  const heading = (await dialog.getByRole('heading').first().boundingBox())!;
  await page.mouse.move(heading.x + 4, heading.y + 4);
  await page.mouse.down();
  await page.mouse.move(3, 3, { steps: 4 });
  await page.mouse.up();
  await expect(dialog).toBeVisible();
  await page.mouse.move(3, 3);
  await page.mouse.down();
  await page.mouse.move(heading.x + 4, heading.y + 4, { steps: 4 });
  await page.mouse.up();
  await expect(dialog).toBeVisible();
  await page.mouse.click(3, 3);
  await expect(dialog).toHaveCount(0);
});

test('what is refused comes into a region that was there before', async ({ studio }) => {
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  const alerts = page.locator('.workspace > div').first().getByRole('alert');
  await expect(alerts.first()).toBeAttached();
  const before = await alerts.evaluateAll((all) => {
    for (const region of all) (region as HTMLElement & { wasThere?: boolean }).wasThere = true;
    return all.map((region) => region.textContent);
  });
  expect(before.join('').trim()).toBe('');
  await app.evaluate(({ clipboard, Menu }) => {
    clipboard.writeText('no settings');
    Menu.getApplicationMenu()!.getMenuItemById('paste-settings')!.click();
  });
  await expect(page.getByTestId('error')).toBeVisible();
  expect(
    await page
      .getByTestId('error')
      .evaluate((strip) => (strip.closest('[role=alert]') as HTMLElement & { wasThere?: boolean }).wasThere),
  ).toBe(true);
});

test('in the smallest window every figure has its accessible name', async ({ studio, folder }) => {
  const { app, page } = studio;
  await answerFolder(app, await smallDataset(folder, 60));
  await page.getByTestId('choose-folder').click();
  await train(page);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(960, 640));
  await page.getByTestId('tab-training').click();
  for (const name of ['Loss', 'Accuracy', 'First-layer weights', 'Worst mistakes'])
    await expect(page.getByRole('heading', { name, exact: true })).toHaveCount(1);
});
