// Mistakes: from the confusion matrix to the images of a cell, from there to one image and all that is known of it, by
// mouse and keys.
import { expect, type Page } from '@playwright/test';
import { setField } from './app';
import { test } from './studio-test';

async function train(page: Page, epochs: string): Promise<void> {
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', epochs);
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished');
  await page.getByTestId('tab-mistakes').click();
}
const misclassified = async (page: Page) =>
  Number(/^([\d,]+) of/.exec((await page.getByTestId('mistakes-count').textContent())!)![1]!.replace(',', ''));

test('the confusion matrix adds up, and its cells, rows and columns show their images', async ({ studio }) => {
  const { page } = studio;
  await train(page, '1');
  const cells = await page
    .getByTestId('confusion')
    .locator('td button')
    .evaluateAll((all) => all.map((cell) => Number((cell as HTMLElement).dataset['count'])));
  expect(cells.length).toBe(100);
  expect(cells.reduce((sum, count) => sum + count, 0)).toBe(10_000);
  const errors = cells.reduce((sum, count, k) => sum + (k % 11 === 0 ? 0 : count), 0);
  expect(errors).toBe(await misclassified(page));

  const read = cells
    .slice(0, 10)
    .map((_, column) => cells.reduce((sum, count, k) => sum + (k % 10 === column ? count : 0), 0));
  const precisions = read.map((count, k) => ((100 * cells[11 * k]!) / count).toFixed(1));
  await expect(page.getByTestId('precision').locator('td span')).toHaveText(precisions);

  const worst = cells.reduce((best, count, k) => (k % 11 !== 0 && count > cells[best]! ? k : best), 1);
  const [label, predicted] = [Math.floor(worst / 10), worst % 10];
  await page.getByRole('button', { name: `${label} predicted as ${predicted}: ${cells[worst]} image` }).click();
  const cards = page.getByTestId('mistake');
  await expect(page.getByRole('tabpanel')).toContainText(`${cells[worst]} labelled ${label}, predicted ${predicted}`);
  for (const card of await cards.all()) {
    await expect(card).toHaveAttribute('data-true', String(label));
    await expect(card).toHaveAttribute('data-predicted', String(predicted));
  }
  await page.getByRole('button', { name: /^Labelled 3: 1,010 images/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('1,010 labelled 3');
  await page.getByTestId('all-mistakes').click();
  await expect(page.getByText('Test images after epoch 1', { exact: true })).toBeVisible();
  await page.getByTestId('pair').first().click();
  await expect(page.getByRole('tabpanel')).toContainText(`${cells[worst]} labelled`);
  await page.getByTestId('suspects').click();
  await expect(page.getByRole('tabpanel')).toContainText('whose label could be wrong');
});

test('one image shows probabilities, pixels, nearest images and history; keys lead there and back', async ({
  studio,
}) => {
  const { page } = studio;
  await train(page, '2');
  const cards = page.getByTestId('mistake');
  const [first, second] = await Promise.all([0, 1].map((k) => cards.nth(k).getAttribute('data-index')));
  await cards.first().getByRole('button').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const detail = page.getByTestId('image-detail');
  await expect(detail).toHaveAttribute('data-image', second!);
  await expect(detail.getByTestId('nearest')).toHaveAttribute('data-count', '8');
  await expect(detail.getByTestId('history')).toHaveAttribute('data-epochs', '2');
  const winner = await detail.getByTestId('reading').getAttribute('data-winner');
  await expect(detail.getByTestId('attribution')).toHaveAttribute(
    'aria-label',
    new RegExp(`^Evidence of the pixels for ${winner}: `),
  );
  await detail.getByTestId('explained').selectOption({ label: winner === '1' ? '2' : '1' });
  await expect(detail.getByTestId('attribution')).toHaveAttribute(
    'aria-label',
    new RegExp(`^Evidence of the pixels for ${winner === '1' ? '2' : '1'}: `),
  );

  await page.getByTestId('close-image').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(detail).toHaveAttribute('data-image', first!);
  await page.keyboard.press('Escape');
  await expect(detail).toHaveCount(0);
  await expect(cards.first().getByRole('button')).toBeFocused();

  // The other tabs show the image that was looked at.
  await page.getByTestId('tab-network').click();
  await expect(page.getByTestId('network-view')).toContainText(
    `test image ${Number(first).toLocaleString('en-US')} is`,
  );
});
