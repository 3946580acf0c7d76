// The menu, the palette, the tour and what Help shows.
import { expect } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { launchApp, setField, type RunningApp } from './app';
import { choose, item } from './menu';
import { isDark, test } from './profile-test';

let studio: RunningApp;
test.afterEach(() => studio.close());

test('what cannot be done now is greyed in the menu, and comes and goes with the run', async () => {
  studio = await launchApp();
  const { page } = studio;
  const enabled = async (...ids: string[]) => Promise.all(ids.map(async (id) => (await item(studio, id)).enabled));
  await expect.poll(() => enabled('open-folder', 'tour', 'theme-dark')).toEqual([true, true, true]);
  expect(await enabled('train', 'pause', 'stop', 'export-weights', 'show-map', 'open-network')).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
  ]);

  await choose(studio, 'open-builtin');
  await page.getByTestId('dataset-overview').waitFor();
  await expect.poll(() => enabled('train', 'show-map', 'pause', 'export-weights')).toEqual([true, true, false, false]);
  await setField(page, 'Epochs', '0');
  await expect.poll(() => enabled('train', 'save-settings')).toEqual([false, false]);
  await setField(page, 'Epochs', '900');

  await choose(studio, 'train');
  await expect
    .poll(() => enabled('train', 'open-builtin', 'paste-settings', 'pause', 'stop'))
    .toEqual([false, false, false, true, true]);
  await expect.poll(() => enabled('export-weights'), { timeout: 30_000 }).toEqual([true]);
  await choose(studio, 'pause');
  await expect(page.getByTestId('resume')).toBeVisible();
  await choose(studio, 'pause');
  await expect(page.getByTestId('pause')).toBeVisible();
  await choose(studio, 'show-weights');
  await expect(page.getByTestId('tab-weights')).toHaveAttribute('aria-selected', 'true');
  await choose(studio, 'fold-settings');
  await expect(page.getByTestId('fold-settings')).toHaveAttribute('aria-expanded', 'false');
  await choose(studio, 'stop');
  await expect.poll(() => enabled('train', 'pause')).toEqual([true, false]);
  expect((await item(studio, 'train')).accelerator).toBe('CmdOrCtrl+Return');
});

test('the palette finds a command by a few letters, says why one is disabled, and runs the chosen one', async () => {
  studio = await launchApp();
  const { page } = studio;
  await choose(studio, 'palette');
  const query = page.getByRole('combobox', { name: 'Command' });
  await expect(query).toBeFocused();
  const option = (name: string | RegExp) => page.getByRole('option', { name });

  await page.keyboard.type('exw');
  await expect(option(/^Export Weights/)).toHaveAttribute('aria-disabled', 'true');
  await expect(option(/^Export Weights/)).toContainText('Open a dataset first');
  await page.keyboard.press('Enter');
  await expect(query).toBeFocused();

  await query.fill('theme');
  const selected = page.getByRole('option', { selected: true });
  const first = await selected.textContent();
  await page.keyboard.press('ArrowDown');
  expect(await selected.textContent()).not.toBe(first);
  await expect(query).toHaveAttribute('aria-activedescendant', (await selected.getAttribute('id'))!);
  await query.fill('dark');
  await page.keyboard.press('Enter');
  await expect(query).toHaveCount(0);
  await expect.poll(() => isDark(studio)).toBe(true);

  await choose(studio, 'palette');
  await query.fill('no such thing');
  await expect(page.getByText('No command or setting has these letters')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(query).toHaveCount(0);

  await choose(studio, 'palette');
  await query.fill('built');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('dataset-overview')).toBeVisible();
});

test('Help shows the log, the folder of runs, the keys, the words and the versions', async ({ profile }) => {
  studio = await launchApp({ userData: profile });
  const { app, page } = studio;
  await app.evaluate(({ shell }) => {
    const shown: string[] = [];
    (globalThis as { shown?: string[] }).shown = shown;
    shell.showItemInFolder = (file) => void shown.push(file);
    shell.openPath = (folder) => Promise.resolve((shown.push(folder), ''));
  });
  await choose(studio, 'show-log');
  await choose(studio, 'show-runs-folder');
  expect(await app.evaluate(() => (globalThis as { shown?: string[] }).shown)).toEqual([
    join(profile, 'logs', 'main.log'),
    join(profile, 'runs'),
  ]);
  expect(await readdir(join(profile, 'logs'))).toEqual(['main.log']);
  expect(await readFile(join(profile, 'logs', 'main.log'), 'utf8')).toContain('MNIST Studio');

  await choose(studio, 'shortcuts');
  await expect(page.getByTestId('shortcuts')).toContainText(/Command Palette….*(Ctrl\+|⌘)K/);
  await page.keyboard.press('Escape');
  await choose(studio, 'glossary');
  await expect(page.getByTestId('glossary')).toContainText('Overfitting');
  await page.keyboard.press('Escape');
  await choose(studio, 'about');
  await expect(page.getByTestId('version')).toHaveText(
    `Version ${await app.evaluate(({ app: electron }) => electron.getVersion())}`,
  );
  const electron = await app.evaluate(() => process.versions.electron!);
  await expect(page.getByTestId('about')).toContainText(electron);
  const substitute =
    `Built with Electron ${electron}, which stands in for ${packageJson.devDependencies.electron}: for ` +
    'development only.';
  await expect(page.getByTestId('substitute')).toHaveText(
    electron === packageJson.devDependencies.electron ? [] : [substitute],
  );
});

test('the tour of a first start pauses once, outlasts a reload, and once skipped leaves runs alone', async ({
  profile,
}) => {
  studio = await launchApp({ userData: profile, firstStart: true });
  const { page } = studio;
  const tour = page.getByTestId('tour');
  await expect(tour).toHaveCount(0);
  await page.getByTestId('open-builtin').click();
  await expect(tour).toContainText('1 of 8');
  await page.getByTestId('tour-next').click();
  await expect(tour).toContainText('2 of 8', { timeout: 30_000 });
  await expect(page.getByTestId('epoch-label')).toContainText('Paused at epoch 1.0 of 6');
  await page.reload();
  await expect(tour).toContainText('2 of 8');
  // What the person does elsewhere takes it further as well.
  await page.getByTestId('resume').click();
  await expect(tour).not.toContainText('2 of 8');
  await page.getByTestId('stop').click();
  await expect(tour).toContainText('still gets wrong');
  await page.getByTestId('tour-skip').click();
  await expect(tour).toHaveCount(0);
  await setField(page, 'Epochs', '2');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 2 epochs', { timeout: 30_000 });
  await studio.close();

  studio = await launchApp({ userData: profile, firstStart: true });
  await expect(studio.page.getByTestId('open-builtin')).toBeVisible();
  await choose(studio, 'tour');
  await expect(studio.page.getByTestId('tour')).toContainText('1 of 8');
});

test('a word with dots below it opens its meaning in place, and the glossary at that word', async () => {
  studio = await launchApp();
  const { page } = studio;
  await choose(studio, 'tour');
  const word = page.getByTestId('tour').getByRole('button', { name: 'epoch', exact: true });
  await word.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('One pass over all training images')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('One pass over all training images')).toHaveCount(0);
  await expect(word).toBeFocused();
  await word.click();
  await page.getByRole('button', { name: 'More in the glossary' }).click();
  const glossary = page.getByTestId('glossary');
  await expect(glossary.locator('section.first')).toContainText('Epoch');
  await expect(glossary.locator('section.first')).toBeInViewport();
  // A picture that its file does not have, or that the page may not load, has no size.
  await expect
    .poll(() =>
      glossary.locator('use').evaluateAll((uses) => uses.map((use) => (use as SVGUseElement).getBBox().width > 20)),
    )
    .toEqual(Array.from({ length: await glossary.locator('section').count() }, () => true));
});
