// The settings panel as a person uses it: what matters in sight at every size of the window and in its place in every
// phase of a run; a setting found by another word for it; a change taken back.
import { expect, type Page } from '@playwright/test';
import { setField, type RunningApp } from './app';
import { choose } from './menu';
import { test } from './studio-test';
import { setSize } from './window-size';

const box = (page: Page, label: string) => page.getByRole('textbox', { name: label }).boundingBox();

/** The places of what must always be in sight. */
async function essentials(
  page: Page,
): Promise<Record<string, { x: number; y: number; width: number; height: number }>> {
  const places: Record<string, { x: number; y: number; width: number; height: number }> = {
    Preset: (await page.getByRole('combobox', { name: 'Preset' }).boundingBox())!,
    'Add layer': (await page.getByTestId('add-layer').boundingBox())!,
    Rate: (await page.getByRole('slider', { name: 'Learning rate' }).boundingBox())!,
  };
  for (const label of ['Hidden 1', 'Learning rate', 'Epochs', 'Batch size', 'Dropout'])
    places[label] = (await box(page, label))!;
  return places;
}

async function open({ page }: RunningApp): Promise<void> {
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
}

test('what matters is in sight without scrolling at every size, light and dark', async ({ studio }) => {
  const { page } = studio;
  await open(studio);
  const hidden: string[] = [];
  for (const [width, height] of [
    [1280, 720],
    [1280, 800],
    [960, 640],
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await setSize(studio, width, height);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const column = (await page.locator('#settings').boundingBox())!;
      for (const [name, place] of Object.entries(await essentials(page))) {
        const inside =
          place.y >= column.y &&
          place.y + place.height <= column.y + column.height &&
          place.x >= column.x &&
          place.x + place.width <= column.x + column.width;
        if (!inside) hidden.push(`${name} at ${width}×${height}, ${colorScheme}: ${JSON.stringify(place)}`);
      }
    }
  }
  expect(hidden).toEqual([]);
});

test('no control moves between idle, training, paused and finished; what is locked says so', async ({ studio }) => {
  const { page } = studio;
  await open(studio);
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '1000');
  await page.getByTestId('section-optimizer').click();
  await page.getByRole('combobox', { name: 'Optimizer' }).selectOption('momentum');
  await expect(page.getByTestId('preset-changed')).toHaveText('2 changes, undo all');
  const idle = await essentials(page);

  await page.getByTestId('train').click();
  await expect(page.getByTestId('pause')).toBeVisible();
  await expect(page.getByTestId('section-network')).toBeDisabled();
  await expect(page.getByTestId('locked')).toHaveText('Some are locked until you stop');
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toBeDisabled();
  await expect(page.getByRole('textbox', { name: 'Momentum' })).toBeEnabled();
  await expect(page.getByRole('combobox', { name: 'Optimizer' })).toBeHidden();
  expect(await essentials(page)).toEqual(idle);
  await page.getByTestId('pause').click();
  await expect(page.getByTestId('resume')).toBeVisible();
  expect(await essentials(page)).toEqual(idle);
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('train')).toBeVisible();
  expect(await essentials(page)).toEqual(idle);
});

test('a setting is found by another word for it, explained at its label, and taken back', async ({ studio }) => {
  const { page } = studio;
  await open(studio);
  await page.getByTestId('fold-settings').click();
  await choose(studio, 'palette');
  await page.getByTestId('palette-query').fill('early stop');
  await expect(page.getByRole('option').first()).toContainText('Patience');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Patience' })).toBeFocused();
  await page.getByTestId('find-setting').click();
  await page.getByTestId('palette-query').fill('beta1');
  await page.keyboard.press('Enter');
  const rate = page.getByRole('textbox', { name: 'β₁' });
  await expect(rate).toBeFocused();

  await page.keyboard.press('?');
  const about = page.getByTestId('momentum-about');
  await expect(about).toContainText('Raise it:');
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await page.getByRole('button', { name: 'Learning rate', exact: true }).click();
  await expect(page.getByTestId('learningRate-about')).toContainText('0.000001 to 10 per update');
  await page.getByRole('button', { name: 'Glossary: Learning rate' }).click();
  await expect(page.getByTestId('glossary')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Epochs', '1');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished');
  await expect(page.getByTestId('learningRate-changed')).toHaveCount(0);
  await setField(page, 'Learning rate', '0.3');
  await page.getByRole('button', { name: 'Learning rate: was 0.6, undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0.6');
  await page.getByTestId('preset-changed').click();
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toHaveValue('6');
  await expect(page.getByTestId('epochs-changed')).toHaveAttribute('title', 'was 1, undo');

  // The only hidden layer is emptied.
  await setField(page, 'Hidden 1', '');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('network-cost')).toContainText(/^7,850 weights/);
});
