// The presentation: a run in large type for a whole room, by keys.
import { expect, type Page } from '@playwright/test';
import { PANELS } from '../../src-renderer/client/presentation.svelte';
import { setField } from './app';
import { loadAxe, violations } from './axe';
import { choose, item } from './menu';
import { test } from './studio-test';

const LOOKS = [{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const;
const SMALLEST_TEXT = 20;

/** The texts on screen that the back row could not read. */
function smallTexts(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const hasText = ({ childNodes }: Element) =>
      [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
    return [...document.querySelectorAll('#app *')]
      .filter((element) => hasText(element) && Number.parseFloat(getComputedStyle(element).fontSize) < smallest)
      .map((element) => element.outerHTML);
  }, SMALLEST_TEXT);
}

test('a presentation has a panel for each key, pauses by Space and after epochs, and compares two runs', async ({
  studio,
}) => {
  const { page } = studio;
  const status = page.getByTestId('present-status');
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '3');
  await page.getByTestId('tab-weights').click();

  expect((await item(studio, 'present')).accelerator).toBe('CmdOrCtrl+Shift+P');
  await choose(studio, 'present');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.getByTestId('tab-weights')).toHaveCount(0);
  await expect(status).toHaveText('Nothing has been trained yet');
  await page.keyboard.press('Space');
  await expect(page.getByTestId('present-pause')).toBeDisabled();

  await page.getByTestId('every-epoch').click();
  await page.getByTestId('present-train').click();
  await expect(status).toHaveText(/ · epoch 1\.0 of 3 · paused$/);
  await expect(page.getByTestId('present-accuracy')).toHaveText(/%$/);
  await page.keyboard.press('Space');
  await expect(status).toHaveText(/ · epoch 2\.0 of 3 · paused$/);
  await page.getByTestId('every-epoch').click();
  await page.keyboard.press('5');
  await expect(page.getByText('There is one run so far.')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(status).toHaveText(/ · epoch 3\.0 of 3 · finished$/);

  await page.keyboard.press('Escape');
  await expect(page.getByTestId('tab-weights')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('tab-weights')).toBeFocused();
  await setField(page, 'Epochs', '900');
  await choose(studio, 'present');
  await page.getByTestId('present-train').click();
  await expect(status).toHaveText(/epoch [1-9].* of 900 · training$/);
  await page.keyboard.press('Space');
  await expect(status).toHaveText(/ of 900 · paused$/);
  await page.keyboard.press('Space');
  await expect(status).toHaveText(/ of 900 · training$/);
  await page.getByTestId('every-epoch').click();
  await expect(status).toHaveText(/\.0 of 900 · paused$/);

  await loadAxe(page);
  const shown = {
    curves: page.getByTestId('present-accuracy'),
    weights: page.getByTestId('present-wall'),
    mistakes: page.getByTestId('mistake').first(),
    draw: page.getByTestId('drawing-pad'),
    beside: page.getByTestId('beside-wall').first(),
  };
  const wrong: string[] = [];
  for (const [k, { id }] of PANELS.entries()) {
    await page.keyboard.press(String(k + 1));
    await expect(shown[id]).toBeVisible();
    if (id === 'draw') {
      await shown.draw.click();
      await expect(page.getByTestId('reading')).toHaveAttribute('data-winner', /\d/);
    }
    wrong.push(...(await violations(page, id, LOOKS)), ...(await smallTexts(page)));
  }
  expect(wrong).toEqual([]);

  const [before, now] = [page.getByTestId('beside-run').first(), page.getByTestId('beside-run').last()];
  const slider = page.getByRole('slider');
  await expect(before).toHaveAttribute('data-epoch', '3');
  await slider.fill('1');
  await expect(before).toHaveAttribute('data-epoch', '1');
  await expect(now).toHaveAttribute('data-epoch', '1');
  await slider.fill('0');
  await expect(before).toHaveAttribute('data-epoch', '0');

  await page.keyboard.press('Escape');
  await expect(page.getByTestId('tab-weights')).toHaveAttribute('aria-selected', 'true');
  await page.getByTestId('stop').click();
});
