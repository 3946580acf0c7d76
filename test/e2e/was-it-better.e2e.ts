// Two runs of the same dataset: the curves of the first behind those of the second, and the difference in words. Then
// what can be opened from the Training tab, and the way back.
import { expect } from '@playwright/test';
import { setField } from './app';
import { test } from './studio-test';

test('the next run is drawn over the last one, and says whether it was better', async ({ studio }) => {
  const { page } = studio;
  const chart = page.getByTestId('accuracy-chart');
  const verdict = page.getByTestId('accuracy-verdict');
  const choice = page.getByRole('combobox', { name: 'Compared with' });
  const finished = () => expect(page.getByTestId('epoch-label')).toContainText('Finished', { timeout: 30_000 });
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '2');
  await page.getByTestId('train').click();
  await finished();
  await expect(choice).toBeHidden();
  await expect(chart).not.toHaveAttribute('data-ghost');

  // Far too small to learn much.
  await setField(page, 'Learning rate', '0.0001');
  await page.getByTestId('train').click();
  await expect(chart).toHaveAttribute('data-ghost', '#1');
  await finished();
  await expect(verdict).toContainText(/^[\d.]+ points worse than #1, luck explains ±/);
  await expect(page.getByTestId('loss-verdict')).toContainText(/^[\d.]+ higher than #1/);
  await expect(
    page.getByRole('img', { name: /^Accuracy over epochs.*Behind them, the test curve of #1/ }),
  ).toBeVisible();

  await choice.selectOption('none');
  await expect(verdict).toBeHidden();
  await expect(chart).not.toHaveAttribute('data-ghost');

  // The page that loads again has only the stored runs.
  await page.reload();
  await expect(verdict).toContainText('points worse than');
  await expect(chart).toHaveAttribute('data-ghost');

  // A stop in the first epoch leaves the axis where it is.
  await setField(page, 'Epochs', '20');
  await page.getByTestId('train').click();
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Stopped');
  await page.getByTestId('show-curves').click();
  await expect(page.getByRole('application', { name: /^Loss/ })).toHaveAttribute('data-range', '0 20');
});

test('what is seen on the Training tab can be opened, and Escape leads back to it', async ({ studio }) => {
  const { page } = studio;
  const mistakes = page.getByTestId('mistake').getByRole('button');
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '1');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished', { timeout: 30_000 });

  const image = await page.getByTestId('mistake').nth(1).getAttribute('data-index');
  await mistakes.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('image-detail')).toHaveAttribute('data-image', image!);
  await expect(page.getByTestId('nearest')).toHaveAttribute('data-count', '8');
  await expect(page.getByTestId('way-back')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('image-detail')).not.toHaveAttribute('data-image', image!);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Escape');
  await expect(mistakes.nth(1)).toBeFocused();

  // From a unit on to an image that excites it, and back, both steps.
  const unit = page.getByRole('button', { name: 'Unit 3', exact: true });
  await unit.click();
  await expect(page.getByTestId('weights-title')).toHaveText('Unit 3 of 256');
  await page.getByTestId('unit-most').getByRole('button').nth(2).click();
  await expect(page.getByTestId('way-back')).toHaveText('Back to Weights');
  await page.getByTestId('way-back').click();
  await expect(page.getByTestId('unit-most').getByRole('button').nth(2)).toBeFocused();
  await expect(page.getByTestId('weights-title')).toHaveText('Unit 3 of 256');
  await page.keyboard.press('Escape');
  await expect(unit).toBeFocused();

  // Who chooses the tab gets all of it.
  await unit.click();
  await page.getByTestId('all-units').click();
  await expect(page.getByTestId('weights-title')).toHaveText('256 hidden units');
  await page.getByTestId('tab-mistakes').click();
  await mistakes.first().click();
  await expect(page.getByTestId('way-back')).toBeHidden();

  // A hidden unit of the network, too.
  await page.getByTestId('tab-network').click();
  await page.getByTestId('flow').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('weights-title')).toHaveText('Unit 1 of 256');
  await expect(page.getByTestId('way-back')).toHaveText('Back to Network');
});
