// The Map tab on the real MNIST: seen, walked through, narrowed down, gone round with a line, and kept up to date by
// training.
import { expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRESETS } from '../../src-shared/settings/presets';
import { answerSave, setField } from './app';
import { test } from './studio-test';

const canvas = (page: Page) => page.getByTestId('map-canvas');

/** Pixels of the map that are not paper. */
function inkedPixels(page: Page): Promise<number> {
  return canvas(page).evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const pixels = new Uint32Array(
      (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data.buffer,
    );
    return pixels.reduce((count, pixel) => count + Number(pixel !== pixels[0]), 0);
  });
}

/** Drags a line around everything, with a few corners on the way. */
async function goRound(page: Page, share: number): Promise<void> {
  const { x, y, width, height } = (await canvas(page).boundingBox())!;
  const corners = [
    [1, 1],
    [width * share, 1],
    [width * share, height - 2],
    [1, height - 2],
  ] as const;
  await page.mouse.move(x + corners[0][0], y + corners[0][1]);
  await page.mouse.down();
  for (const [dx, dy] of corners) await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
}

test('the pixels of all test images are a map before there is a network', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tab-map').click();
  await expect(canvas(page)).toHaveAttribute('data-key', 'pca pixels');
  await expect(canvas(page)).toHaveAttribute('data-points', '10000');
  // Of the 10,000 test images, as NumPy has them too.
  await expect(canvas(page)).toHaveAttribute(
    'aria-label',
    /component 1, 10% of the variance; component 2, 7\.5% of the variance/i,
  );
  await expect(canvas(page)).not.toHaveAttribute('aria-label', /misclassified/);
  await expect(page.getByTestId('map-source').locator('option')).toHaveText(['Pixels', 'UMAP · Pixels']);

  // Classes come and go.
  const classes = page.getByTestId('map-class');
  await expect(classes).toHaveCount(10);
  await expect(classes.first()).toContainText('980');
  const all = await inkedPixels(page);
  expect(all).toBeGreaterThan(10_000);
  await classes.nth(0).click();
  await expect(classes.nth(0)).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => inkedPixels(page)).toBeLessThan(all);
  for (let label = 1; label < 10; label++) await classes.nth(label).click();
  await expect.poll(() => inkedPixels(page)).toBe(0);
  for (let label = 0; label < 10; label++) await classes.nth(label).click();
  await expect.poll(() => inkedPixels(page)).toBe(all);

  // By keyboard alone: from image to image, nearer and back, and the legend with one stop.
  await canvas(page).focus();
  await page.keyboard.press('ArrowRight');
  const first = await page.getByTestId('map-card').getAttribute('data-image');
  await expect(page.getByTestId('map-spoken')).toHaveText(/^Test image [\d,]+: is \d$/);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('map-card')).not.toHaveAttribute('data-image', first!);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.keyboard.press('+');
  await expect(canvas(page)).toHaveAttribute('data-zoom', '1.4');
  await page.keyboard.press('0');
  await expect(canvas(page)).toHaveAttribute('data-zoom', '1');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('map-card')).toHaveCount(0);
  await classes.nth(0).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('map-chosen')).toHaveText('1,010 images chosen');
  await page.getByTestId('map-clear').click();

  // With the lasso, and with Shift alone.
  await page.getByTestId('map-lasso').click();
  await goRound(page, 0.999);
  await expect(page.getByTestId('map-chosen')).toHaveText('10,000 images chosen');
  await page.getByTestId('map-lasso').click();
  await page.keyboard.down('Shift');
  await goRound(page, 0.5);
  await page.keyboard.up('Shift');
  await expect(page.getByTestId('map-chosen')).toHaveText(/^[1-9],\d{3} images chosen$/);

  // Without the lasso the same movement pulls the map.
  const before = await inkedPixels(page);
  await page.getByTestId('map-larger').click();
  await goRound(page, 0.3);
  await expect.poll(() => inkedPixels(page)).not.toBe(before);
  await expect(page.getByTestId('map-chosen')).toHaveText(/^[1-9],\d{3} images chosen$/);
});

test('UMAP makes a map of 2,000 images beside the page, and gives way to another map at once', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tab-map').click();
  await canvas(page).waitFor();
  await page.getByTestId('map-source').selectOption('umap pixels');
  await expect(page.getByTestId('map-tab')).toContainText(/\d+% of the next map is computed/);
  await page.getByTestId('map-source').selectOption('pca pixels');
  await expect(page.getByTestId('map-tab')).toContainText('Pixels: neighbours have their ink in the same places');
  await expect(canvas(page)).toHaveAttribute('data-points', '10000');
  await page.getByTestId('map-source').selectOption('umap pixels');
  await expect(canvas(page)).toHaveAttribute('data-key', 'umap pixels', { timeout: 60_000 });
  await expect(canvas(page)).toHaveAttribute('data-points', '2000');
  await expect(canvas(page)).toHaveAttribute('aria-label', /^Map of 2,000 test images by pixels, UMAP/);
  await expect(page.getByTestId('map-class').first()).toContainText('175');
});

test('training makes maps of the layers, rings the mistakes, and those chosen are shown in Mistakes', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption({ label: PRESETS.fast.label });
  await setField(page, 'Epochs', '2');
  await page.getByTestId('tab-map').click();
  await canvas(page).waitFor();
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished');
  await expect(canvas(page)).toHaveAttribute('data-key', 'pca 0');
  await expect(canvas(page)).toHaveAttribute('aria-label', /layer 1 · 256 units after 2\.0 epochs/);
  await expect(page.getByTestId('map-source').locator('option')).toHaveText([
    'Pixels',
    'Layer 1 · 256 units',
    'Output probabilities',
    'UMAP · Pixels',
    'UMAP · Layer 1 · 256 units',
    'UMAP · Output probabilities',
  ]);
  await page.getByTestId('map-source').selectOption('pca probabilities');
  await expect(canvas(page)).toHaveAttribute('data-key', 'pca probabilities');

  await page.getByTestId('map-choose-class').last().click();
  const chosen = (await page.getByTestId('map-chosen').textContent())!.match(
    /^([\d,]+) images chosen, ([\d,]+) misclassified$/,
  );
  expect(chosen?.[1]).toBe(chosen?.[2]);
  const file = join(folder, 'map.csv');
  await answerSave(app, file);
  await page.getByTestId('map-tab').getByTestId('save-table').click();
  await expect(page.getByTestId('message')).toContainText('map.csv');
  const lines = (await readFile(file, 'utf8'))
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(lines[0]).toEqual(['test image', 'label', 'read as', 'confidence', 'x', 'y']);
  expect(lines).toHaveLength(10_001);
  expect(
    lines
      .slice(1)
      .filter(([, label, predicted]) => label !== predicted)
      .length.toLocaleString('en-US'),
  ).toBe(chosen?.[1]);

  await page.getByTestId('map-show-mistakes').click();
  await expect(page.getByTestId('tab-mistakes')).toHaveAttribute('aria-selected', 'true');
  await page.getByTestId('tab-map').click();
  await expect(canvas(page)).toHaveAttribute('data-key', 'pca probabilities');
  await expect(page.getByTestId('map-chosen')).toContainText('chosen');
  await page.getByTestId('map-clear').click();
  await expect(page.getByTestId('map-chosen')).not.toContainText('chosen');
});
