// Drawing: a digit is classified while it is drawn, by a network that was really trained; it is saved and tried on the
// next one.
import { expect, type Page } from '@playwright/test';
import { setField } from './app';
import { drawOn, ONE, SEVEN, ZERO } from './drawing';
import { test } from './studio-test';

async function train(page: Page, epochs: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', epochs);
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished', { timeout: 60_000 });
}

test('digits are read while they are drawn, kept, and tried on the next network after a restart of the page', async ({
  studio,
}) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tab-draw').click();
  await drawOn(page, ONE);
  await expect(page.getByTestId('reading')).not.toHaveAttribute('data-winner', /./);
  await train(page, '2');
  await expect(page.getByTestId('reading')).toHaveAttribute('data-winner', '1');
  await expect(page.getByTestId('layer-lights')).toHaveCount(1);

  await page.getByTestId('clear-drawing').click();
  await expect(page.getByTestId('drawing-pad')).toHaveAttribute('data-strokes', '0');
  await drawOn(page, SEVEN);
  await expect(page.getByTestId('reading')).toHaveAttribute('data-winner', '7');
  await expect(page.getByTestId('drawn-attribution')).toHaveAccessibleName(/Evidence of the pixels for 7: \d/);
  await page.getByTestId('keep-digit').click();
  await drawOn(page, ZERO);
  await expect(page.getByTestId('reading')).toHaveAttribute('data-winner', '0');
  await page.getByTestId('drawn-label').selectOption('6');
  await page.getByTestId('keep-digit').click();
  await expect(page.getByTestId('kept')).toHaveCount(2);
  await expect(page.getByTestId('kept-count')).toHaveText('1 of 2 classified correctly');
  await expect(page.getByTestId('kept').first()).toHaveText(/predicted 0, is 6/);

  await page.getByRole('button', { name: 'Remove the drawn 6' }).click();
  await expect(page.getByTestId('kept')).toHaveCount(1);
  await page.getByTestId('put-back').click();
  await expect(page.getByTestId('kept').first()).toHaveAttribute('data-label', '6');

  await page.reload();
  await page.getByTestId('tab-draw').click();
  await expect(page.getByTestId('kept')).toHaveCount(2);
  await expect(page.getByTestId('kept-count')).toHaveText('1 of 2 classified correctly');
});

test('the keyboard draws too: arrows move the pen, Space puts it down, Control Z takes back, Delete clears', async ({
  studio,
}) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await train(page, '1');
  await page.getByTestId('tab-draw').click();
  const pad = page.getByTestId('drawing-pad');
  await pad.focus();
  for (let k = 0; k < 8; k++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  for (let k = 0; k < 16; k++) await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('reading')).toHaveAttribute('data-winner', '1');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(pad).toHaveAttribute('data-strokes', '2');
  await page.keyboard.press('Control+z');
  await expect(pad).toHaveAttribute('data-strokes', '1');
  await page.keyboard.press('Delete');
  await expect(pad).toHaveAttribute('data-strokes', '0');
  await expect(page.getByTestId('fitted')).toHaveAttribute('data-ink', '0');
});

test('the prediction of a drawing changes as the weights do', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('seed-mended');
  await setField(page, 'Epochs', '500');
  await page.getByTestId('tab-draw').click();
  await drawOn(page, SEVEN);
  await page.getByTestId('train').click();
  const prediction = page.getByTestId('reading');
  await expect(prediction).toHaveAttribute('data-winner', '7');
  const first = await prediction.textContent();
  await expect(prediction).not.toHaveText(first!);
  await page.getByTestId('stop').click();
});
