// The network as a drawing: one test image after another flows through, and every unit can be asked what it does.
import { expect } from '@playwright/test';
import { setField } from './app';
import { test } from './studio-test';

test('a test image flows through the layers; units are reached by mouse and keyboard', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tab-network').click();
  await expect(page.getByRole('tabpanel')).toContainText('Once training runs');
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '1');
  await page.getByTestId('add-layer').click();
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished');

  const view = page.getByTestId('network-view');
  await expect(view).toContainText('784 → 256 → 256 → 10');
  await expect(view).toContainText('784 × 256 + 256 = 200,960');
  await expect(view).toContainText('test image 0 is 7, predicted 7');
  await page.getByTestId('next-image').click();
  await expect(view).toContainText('test image 1 is 2, predicted 2');
  await page.getByTestId('previous-image').click();
  await page.getByTestId('previous-image').click();
  await expect(view).toContainText('test image 9,999 is 6');

  const flow = page.getByTestId('flow');
  await flow.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('unit-in-words')).toContainText('Unit 1 of layer 1');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId('unit-in-words')).toContainText('Pixel 28: ink 0%');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('unit-in-words')).toContainText('Lines');
  const box = (await flow.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + box.height / 2);
  await expect(page.getByTestId('unit-in-words')).toContainText(/Pixel \d+: ink/);
  await page.getByTestId('send-image').click();
  await expect(flow.getByRole('list')).toHaveCount(0);
  await expect(flow.getByRole('list')).toHaveCount(1);
});
