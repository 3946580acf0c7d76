// The bar on top while a run begins, pauses and ends: nothing in it moves, and no click does what it was not meant to
// do.
import { expect, type Page } from '@playwright/test';
import { setField } from './app';
import { test } from './studio-test';
import { setSize } from './window-size';

const SIZES = [
  [1280, 720],
  [960, 640],
  [1366, 768],
  [1920, 1080],
] as const;

/** Left and right edge of every control of the bar, and the top of the panel below, in the order of the document. */
function places(page: Page): Promise<string[]> {
  return page
    .locator('header')
    .first()
    .evaluate((header) =>
      [...header.querySelectorAll('button:not([popover] *), .status')].map((control, k) => {
        const { left, right, top, bottom } = control.getBoundingClientRect();
        return `${k}: ${[left, right, top, bottom].map((edge) => edge.toFixed(1)).join(' ')}`;
      }),
    );
}

/** Texts of the bar that do not fit their place. */
function cutTexts(page: Page): Promise<(string | null)[]> {
  return page
    .locator('header')
    .first()
    .evaluate((header) =>
      [...header.querySelectorAll('.controls *, .end *')]
        .filter((one) => !one.closest('[popover], .visually-hidden') && one.scrollWidth > one.clientWidth + 1)
        .filter((one) => getComputedStyle(one).display !== 'inline')
        .map((one) => one.textContent),
    );
}

async function placesAtEverySize(studio: Parameters<typeof setSize>[0]): Promise<string[][]> {
  const all = [];
  for (const [width, height] of SIZES) {
    await setSize(studio, width, height);
    all.push(await places(studio.page));
    expect(await cutTexts(studio.page)).toEqual([]);
  }
  return all;
}

test('nothing in the top bar moves between idle, training, paused, stopped and finished', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '1000');
  const idle = await placesAtEverySize(studio);

  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Epoch 1.', { timeout: 60_000 });
  expect(await placesAtEverySize(studio)).toEqual(idle);

  await page.getByTestId('pause').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Paused at epoch');
  expect(await placesAtEverySize(studio)).toEqual(idle);

  await page.getByTestId('stop').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Stopped at epoch');
  expect(await placesAtEverySize(studio)).toEqual(idle);

  await setField(page, 'Epochs', '1');
  await expect(page.getByTestId('train')).toHaveText('Train with changes');
  expect(await placesAtEverySize(studio)).toEqual(idle);
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 1 epoch');
  await expect(page.getByTestId('train')).toHaveText('Train again');
  expect(await placesAtEverySize(studio)).toEqual(idle);
});

test('a click meant for Pause or Stop starts no new run when the run ends just before it', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '1');
  // Clicks both buttons in every frame from the moment at which the run has ended.
  const clicks = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const [primary, stop] = ['.controls .primary', '[data-testid=stop]'].map((selector) =>
          document.querySelector<HTMLElement>(selector)!,
        );
        let clicked = 0;
        let begun = false;
        primary!.click();
        requestAnimationFrame(function look() {
          begun ||= primary!.dataset['testid'] === 'pause';
          if (!begun || primary!.dataset['testid'] !== 'train') return void requestAnimationFrame(look);
          if (primary!.ariaDisabled !== 'true' && clicked > 0) return done(clicked);
          primary!.click();
          stop!.click();
          clicked++;
          requestAnimationFrame(look);
        });
      }),
  );
  expect(clicks).toBeGreaterThan(0);
  await expect(page.getByTestId('run-title')).toContainText('#1 ');
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 1 epoch');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('pause')).toBeVisible();
});
