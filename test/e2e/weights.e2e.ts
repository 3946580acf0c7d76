// The Weights tab: units in their orders, one unit with all that is known of it, the replay, linear paths and
// histograms.
import { expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerSave, setField } from './app';
import { test } from './studio-test';

/** Trains on the real MNIST until the end, and shows the tab. */
async function trained(page: Page, epochs: number, hidden: readonly number[]): Promise<void> {
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  for (let layer = 1; layer < hidden.length; layer++) await page.getByRole('button', { name: 'Add layer' }).click();
  for (const [layer, units] of hidden.entries()) await setField(page, `Hidden ${layer + 1}`, String(units));
  await setField(page, 'Epochs', String(epochs));
  await page.getByTestId('tab-weights').click();
  await expect(page.locator('.empty h1')).toHaveText('What each hidden unit looks for');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText(`Finished: ${epochs} epochs`, { timeout: 60_000 });
}

const names = (page: Page) =>
  page.getByTestId('unit').evaluateAll((units) => units.map((unit) => unit.getAttribute('aria-label')!));
const numbersIn = async (page: Page, pattern: RegExp) =>
  (await names(page)).map((name) => Number(pattern.exec(name)![1]!.replace('−', '-')));
const pixels = (page: Page) =>
  page.getByTestId('weights-canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
const fallsFrom = (values: readonly number[]) => [...values].sort((a, b) => b - a);

test('units are sorted, opened and left by keyboard, and an open one shows what excites it', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  await trained(page, 2, [48]);
  await expect(page.getByTestId('weights-title')).toHaveText('48 hidden units');

  await page.getByTestId('weights-sort').selectOption('norm');
  const norms = await numbersIn(page, /norm ([\d.]+)/);
  expect(norms.length).toBeGreaterThan(20);
  expect(norms).toEqual(fallsFrom(norms));

  await page.getByTestId('weights-sort').selectOption('usefulness');
  await page.getByTestId('weights-class').selectOption({ label: '3' });
  await expect.poll(async () => (await names(page))[0]).toContain('correlation');
  const correlations = await numbersIn(page, /correlation ([+−][\d.]+)/);
  expect(correlations).toEqual(fallsFrom(correlations));
  expect(correlations[0]).toBeGreaterThan(0.2);

  // The list is one stop of Tab; the second unit has the next best correlation.
  await page.getByTestId('weights-class').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('units')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const active = await page.getByTestId('unit').nth(1).getAttribute('id');
  await expect(page.getByTestId('units')).toHaveAttribute('aria-activedescendant', active!);
  await page.keyboard.press('Enter');

  const unit = Number(active!.slice('unit-'.length));
  await expect(page.getByTestId('weights-title')).toHaveText(`Unit ${unit + 1} of 48`);
  await expect(page.getByTestId('unit-state')).toHaveText('Alive');
  await expect(page.getByTestId('unit-outgoing').locator('li')).toHaveCount(10);
  await expect(page.getByTestId('unit-classes').locator('li')).toHaveCount(10);
  const activationsOf = (row: string) =>
    page
      .getByTestId(row)
      .getByRole('button')
      .evaluateAll((images) =>
        images.map((image) => Number(/activation ([\d.]+)/.exec(image.getAttribute('aria-label')!)![1])),
      );
  const most = await activationsOf('unit-most');
  expect(most).toHaveLength(10);
  expect(most).toEqual(fallsFrom(most));
  expect(most[9]).toBeGreaterThan(Math.max(...(await activationsOf('unit-least'))));

  const table = join(folder, 'unit.csv');
  await answerSave(app, table);
  await page.getByTestId('save-table').click();
  await expect(page.getByTestId('message')).toContainText('Table saved');
  const rows = (await readFile(table, 'utf8')).replace('\ufeff', '').trimEnd().split('\r\n');
  expect(rows[0]).toBe('row,column,weight');
  expect(rows).toHaveLength(785);
  const norm = Math.sqrt(rows.slice(1).reduce((sum, row) => sum + Number(row.split(',')[2]) ** 2, 0));
  await expect(page.getByTestId('unit-norm')).toHaveText(norm.toPrecision(3));

  await page.getByTestId('all-units').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId('weights-title')).not.toHaveText(`Unit ${unit + 1} of 48`);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('units')).toBeFocused();
  await expect(page.getByTestId('units')).toHaveAttribute('aria-activedescendant', active!);
});

test('the replay shows the first layer after every epoch, in the chosen order', async ({ studio }) => {
  const { page } = studio;
  await trained(page, 3, [16]);
  await page.getByTestId('weights-sort').selectOption('norm');
  const order = await names(page);
  const present = await pixels(page);
  const slider = page.getByRole('slider', { name: 'Epoch whose weights are shown' });

  await slider.focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('replay-epoch')).toHaveText('Epoch 0');
  const first = await pixels(page);
  expect(first).not.toBe(present);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('replay-epoch')).toHaveText('Epoch 1');
  expect(await pixels(page)).not.toBe(first);
  expect(await names(page)).toEqual(order);

  await page.getByTestId('replay').click();
  await expect(page.getByTestId('replay-epoch')).toHaveText('Now');
  expect(await pixels(page)).toBe(present);
});

test('deeper units are shown by their linear path, said to be one, and every layer has its three histograms', async ({
  studio,
}) => {
  const { page } = studio;
  await trained(page, 2, [24, 16]);
  const firstLayer = await pixels(page);
  await page.getByTestId('weights-layer').selectOption({ label: '2' });
  await expect(page.getByTestId('weights-title')).toHaveText('16 hidden units');
  await expect(page.getByTestId('units')).toHaveAccessibleName(/Linear path to the pixels, no activations/);
  expect(await pixels(page)).not.toBe(firstLayer);
  await page.getByTestId('unit').first().click();
  await expect(page.getByTestId('unit-detail')).toContainText('Top 10 from layer 1');
  await expect(page.getByTestId('unit-most').locator('li')).toHaveCount(10);
  await page.keyboard.press('Escape');

  await page.getByTestId('weights-layer').selectOption({ label: '1' });
  await page.getByRole('slider', { name: 'Epoch whose weights are shown' }).press('Home');
  await expect(page.getByText('Weights of the first layer after epoch 0')).toBeVisible();
  await page.getByTestId('weights-view-histograms').click();
  await expect(page.getByText('The numbers of each layer after 2.0 epochs')).toBeVisible();
  await expect(page.getByTestId('weight-histogram')).toHaveCount(3);
  await expect(page.getByTestId('gradient-histogram')).toHaveCount(3);
  await expect(page.getByTestId('activation-histogram')).toHaveCount(3);
  await expect(page.getByTestId('activation-histogram').last()).toHaveAccessibleName(
    /^Output, activations: activations from 0 to 1; most, \d+\.\d%/,
  );
});

test('without a hidden layer each class has a picture', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await page.getByRole('button', { name: 'Remove hidden layer 1' }).click();
  await setField(page, 'Epochs', '1');
  await page.getByTestId('tab-weights').click();
  await page.getByTestId('train').click();
  await expect(page.getByTestId('weights-title')).toHaveText('10 output units');
  await expect(page.getByTestId('unit')).toHaveCount(10);
  await page.getByTestId('unit').nth(7).click();
  await expect(page.getByTestId('weights-title')).toHaveText('Class 7 of 10');
  await expect(page.getByTestId('unit-state')).toHaveText('Output');
});
