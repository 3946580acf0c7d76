// Every view of the app in the eyes of axe, which knows what people with other senses and other hands need.
import { expect, type Page } from '@playwright/test';
import { TABS } from '../../src-renderer/client/tabs';
import { PRESETS } from '../../src-shared/settings/presets';
import { makeFolder } from '../fixtures/folders';
import { launchApp, setField } from './app';
import { loadAxe, violations as violationsIn } from './axe';
import { choose } from './menu';
import { test } from './studio-test';

/** What a person may have asked the system for. */
const LOOKS = [
  { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' },
  { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' },
  { colorScheme: 'light', contrast: 'more', forcedColors: 'none' },
  { colorScheme: 'dark', contrast: 'more', forcedColors: 'none' },
  { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'active' },
] as const;

const violations = (page: Page, view: string) => violationsIn(page, view, LOOKS);

async function violationsInTabs(page: Page, when: string): Promise<string[]> {
  const found: string[] = [];
  for (const { id } of TABS) {
    await page.getByTestId(`tab-${id}`).click();
    await expect(page.getByTestId(`tab-${id}`)).toHaveAttribute('aria-selected', 'true');
    if (id === 'map') await page.getByTestId('map-canvas').waitFor();
    if (id === 'runs' && when === 'after training') await page.getByTestId('run').first().waitFor();
    found.push(...(await violations(page, `${id} tab ${when}`)));
  }
  return found;
}

test(
  'axe finds nothing to mend in the start view and in every tab, before and after training, light, dark, with ' +
    'more contrast and with the system’s colours',
  async ({ studio }) => {
    const { page } = studio;
    await loadAxe(page);
    await page.getByTestId('open-builtin').waitFor();
    const found = await violations(page, 'start view');

    await page.getByTestId('open-builtin').click();
    await page.getByTestId('dataset-overview').waitFor();
    found.push(...(await violationsInTabs(page, 'before training')));

    await page.getByRole('combobox', { name: 'Preset' }).selectOption({ label: PRESETS.fast.label });
    await setField(page, 'Epochs', '1');
    await page.getByTestId('train').click();
    await expect(page.getByTestId('epoch-label')).toContainText('Finished');
    found.push(...(await violationsInTabs(page, 'after training')));

    await page.getByTestId('tab-training').click();
    await page.getByTestId('show-curves').click();
    found.push(...(await violations(page, 'curves')));
    await page.getByTestId('tab-mistakes').click();
    await page.getByTestId('mistake').first().getByRole('button').click();
    await expect(page.getByTestId('nearest')).toHaveAttribute('data-count', '8');
    found.push(...(await violations(page, 'one image')));
    await page.getByTestId('tab-draw').click();
    await page.getByTestId('drawing-pad').click();
    await page.getByTestId('keep-digit').click();
    found.push(...(await violations(page, 'a kept drawing')));

    expect(found).toEqual([]);
  },
);

test('axe finds nothing to mend in the tour, the palette and the dialogs of the app', async () => {
  const { folder: userData, remove } = await makeFolder();
  const studio = await launchApp({ userData, firstStart: true });
  const { page } = studio;
  const found: string[] = [];
  await loadAxe(page);
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tour').waitFor();
  await page.getByTestId('tour').getByRole('button', { name: 'epoch' }).click();
  await page.getByRole('button', { name: 'More in the glossary' }).waitFor();
  found.push(...(await violations(page, 'the tour and a word')));
  await page.keyboard.press('Escape');
  await page.getByTestId('tour-skip').click();
  for (const id of ['palette', 'glossary', 'shortcuts', 'about']) {
    await choose(studio, id);
    await page.getByTestId(id).waitFor();
    found.push(...(await violations(page, id)));
    await page.keyboard.press('Escape');
    await expect(page.getByTestId(id)).toHaveCount(0);
  }
  await page.getByTestId('dataset-summary').click();
  found.push(...(await violations(page, 'dataset dialog')));
  await studio.close();
  await remove();
  expect(found).toEqual([]);
});
