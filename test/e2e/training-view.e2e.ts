// The charts of a run: logarithmic, smoothed, zoomed by wheel, mouse and keys, with the learning rate and the gradients
// below.
import { expect, type Page } from '@playwright/test';
import { setField } from './app';
import { test } from './studio-test';

const area = (page: Page, chart: string) => page.getByRole('application').filter({ has: page.getByTestId(chart) });
const rangeOf = async (page: Page, chart: string) =>
  ((await area(page, chart).getAttribute('data-range')) ?? '').split(' ').map(Number);

test('charts can be zoomed, moved, smoothed and made logarithmic, all four together', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '4');
  await page.getByTestId('train').click();
  await page.getByTestId('show-curves').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 4 epochs', { timeout: 30_000 });

  await expect(page.getByTestId('loss-best')).toContainText(
    /train 0\.\d+ best 0\.\d+ at \d.*test 0\.\d+ best 0\.\d+ at [1-4]/,
  );
  await expect(page.getByTestId('gradient-chart')).toHaveAttribute('data-series', '2');
  expect(Number(await page.getByTestId('gradient-chart').getAttribute('data-points'))).toBeGreaterThan(1);
  expect(Number(await page.getByTestId('rate-chart').getAttribute('data-points'))).toBeGreaterThan(100);
  await expect(area(page, 'rate-chart')).toHaveAttribute('aria-label', /^Learning rate over epochs: rate /);

  expect(await rangeOf(page, 'loss-chart')).toEqual([0, 4]);
  await expect(page.getByTestId('whole-run')).toBeDisabled();
  const box = (await area(page, 'loss-chart').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, -300);
  await expect
    .poll(async () => (await rangeOf(page, 'loss-chart'))[1]! - (await rangeOf(page, 'loss-chart'))[0]!)
    .toBeLessThan(3.9);
  const zoomed = await rangeOf(page, 'loss-chart');
  for (const chart of ['accuracy-chart', 'rate-chart', 'gradient-chart'])
    expect(await rangeOf(page, chart)).toEqual(zoomed);

  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await rangeOf(page, 'loss-chart'))[0]!).toBeGreaterThan(zoomed[0]!);
  await page.getByTestId('whole-run').click();
  expect(await rangeOf(page, 'accuracy-chart')).toEqual([0, 4]);

  await area(page, 'accuracy-chart').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await rangeOf(page, 'accuracy-chart'))[1]!).toBeLessThan(3.4);
  await page.keyboard.press('0');
  await expect.poll(() => rangeOf(page, 'accuracy-chart')).toEqual([0, 4]);

  // With Ctrl they are the page's.
  const width = () => page.evaluate(() => window.innerWidth);
  const wide = await width();
  await page.keyboard.press('Control+=');
  await expect.poll(width).toBeLessThan(wide);
  expect(await rangeOf(page, 'accuracy-chart')).toEqual([0, 4]);
  await page.keyboard.press('Control+-');
  await expect.poll(width).toBe(wide);
  expect(await rangeOf(page, 'accuracy-chart')).toEqual([0, 4]);

  const pixels = () =>
    page.getByTestId('accuracy-chart').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const linear = await pixels();
  await page.getByTestId('log-scale').check();
  await expect.poll(pixels).not.toBe(linear);
  const logarithmic = await pixels();
  await page.getByRole('slider', { name: 'Smoothing of the training curve' }).fill('1');
  await expect.poll(pixels).not.toBe(logarithmic);
});
