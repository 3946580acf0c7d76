// The app as a part of the desktop: what it remembers from start to start.
import { expect } from '@playwright/test';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { answerSave, launchApp, type RunningApp } from './app';
import { choose, item } from './menu';
import { isDark, test } from './profile-test';

let studio: RunningApp;
test.afterEach(() => studio.close());

const zoomOf = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getZoomFactor());
const boundsOf = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds());

test('theme, contrast, zoom and the window’s place are as they were at the last start', async ({ profile }) => {
  studio = await launchApp({ userData: profile });
  expect(await studio.page.evaluate(() => document.documentElement.hasAttribute('data-more-contrast'))).toBe(false);
  await choose(studio, 'theme-dark');
  await choose(studio, 'more-contrast');
  await choose(studio, 'zoom-in');
  await choose(studio, 'zoom-in');
  await expect.poll(() => isDark(studio)).toBe(true);
  await studio.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.setBounds({ x: 120, y: 90, width: 1000, height: 700 }),
  );
  await expect.poll(() => boundsOf(studio)).toEqual({ x: 120, y: 90, width: 1000, height: 700 });
  await studio.close();

  studio = await launchApp({ userData: profile });
  expect(await isDark(studio)).toBe(true);
  expect(await boundsOf(studio)).toEqual({ x: 120, y: 90, width: 1000, height: 700 });
  await expect.poll(() => zoomOf(studio)).toBeCloseTo(1.25);
  expect(await studio.page.evaluate(() => document.documentElement.hasAttribute('data-more-contrast'))).toBe(true);
  expect([
    (await item(studio, 'theme-dark')).checked,
    (await item(studio, 'theme-light')).checked,
    (await item(studio, 'more-contrast')).checked,
  ]).toEqual([true, false, true]);

  await choose(studio, 'zoom-reset');
  await choose(studio, 'theme-light');
  await expect.poll(() => isDark(studio)).toBe(false);
  await expect.poll(() => zoomOf(studio)).toBe(1);
});

test('a window that was on a screen which is gone opens on one that is there', async ({ profile }) => {
  const window = { x: 20_000, y: -9000, width: 900, height: 600, maximized: false, fullScreen: false };
  await writeFile(join(profile, 'preferences.json'), JSON.stringify({ tourSeen: true, window }));
  studio = await launchApp({ userData: profile });
  const { width, height } = await studio.app.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea);
  const bounds = await boundsOf(studio);
  expect(bounds).toMatchObject({ width: 900, height: 600 });
  expect(bounds.x + bounds.width).toBeLessThanOrEqual(width);
  expect(bounds.y).toBeGreaterThanOrEqual(0);
  expect(bounds.y + bounds.height).toBeLessThanOrEqual(height);
});

test('a window of which only 0,0 is known, as on Wayland, is placed by the system and not in the corner', async ({
  profile,
}) => {
  const window = { x: 0, y: 0, width: 900, height: 600, maximized: false, fullScreen: false };
  await writeFile(join(profile, 'preferences.json'), JSON.stringify({ tourSeen: true, window }));
  studio = await launchApp({ userData: profile });
  const bounds = await boundsOf(studio);
  expect(bounds).toMatchObject({ width: 900, height: 600 });
  expect([bounds.x, bounds.y]).not.toEqual([0, 0]);
});

test('preferences that are damaged are kept aside, and a sentence says so', async ({ profile }) => {
  await writeFile(join(profile, 'preferences.json'), '{"theme": "da');
  studio = await launchApp({ userData: profile });
  await expect(studio.page.getByTestId('error')).toContainText('could not be read');
  await expect(studio.page.getByTestId('error')).toContainText('preferences.damaged.json');
  expect(await readFile(join(profile, 'preferences.damaged.json'), 'utf8')).toBe('{"theme": "da');
});

test('a profile that another computer has open is left alone, and a sentence says where this session is kept', async ({
  profile,
}) => {
  test.skip(process.platform === 'win32', 'There the lock is no file.');
  const taken = join(profile, 'taken');
  await mkdir(taken);
  await symlink('other-host-77', join(taken, 'SingletonLock'));
  studio = await launchApp({ userData: profile, args: [`--user-data-dir=${taken}`] });
  await expect(studio.page.getByTestId('error')).toContainText('“other-host”, another computer, has it open');
  await expect(studio.page.getByTestId('tour')).toHaveCount(0);
  const used = await studio.app.evaluate(({ app }) => app.getPath('userData'));
  await expect(studio.page.getByTestId('error')).toContainText(`This session uses “${used}” instead`);
  await studio.close();
  await rm(used, { recursive: true });
  expect(await readdir(taken)).toEqual(['SingletonLock']);
});

test('preferences that cannot be read are not replaced by those of this session, and a sentence says so', async ({
  profile,
}) => {
  const file = join(profile, 'preferences.json');
  await mkdir(file); // which no user can read as a file, not even root
  studio = await launchApp({ userData: profile });
  await expect(studio.page.getByTestId('error')).toContainText('it is a folder, not a file');
  await expect(studio.page.getByTestId('error')).toContainText(
    'stays as it is, and what you set now lasts until the app is closed',
  );
  await choose(studio, 'theme-dark');
  await expect.poll(() => isDark(studio)).toBe(true);
  await studio.close();
  expect((await readdir(profile)).filter((name) => name.includes('preferences'))).toEqual(['preferences.json']);
  expect(await readdir(file)).toEqual([]);
});

test('folders that were opened are offered again, newest first, without those that are gone', async ({ profile }) => {
  const files = smallDatasetFiles({ train: 100, test: 30, rows: 28, columns: 28 });
  studio = await launchApp({ userData: profile });
  for (const name of ['one', 'two', 'three']) {
    await mkdir(join(profile, name));
    await writeDataset(join(profile, name), files);
    expect(
      await studio.page.evaluate((folder) => window.api.command('openFolder', { folder }), join(profile, name)),
    ).toMatchObject({ ok: true });
  }
  const recent = () =>
    studio.app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()!
        .getMenuItemById('recent')!
        .submenu!.items.map(({ label }) => label),
    );
  await expect.poll(recent).toEqual(['three', 'two', 'one'].map((name) => join(profile, name)));
  await studio.close();
  await rm(join(profile, 'two'), { recursive: true });

  studio = await launchApp({ userData: profile });
  const { page } = studio;
  await expect(page.getByTestId('open-again')).toContainText(join(profile, 'three'));
  await expect(page.getByTestId('open-older')).toHaveText(join(profile, 'one'));
  expect(await recent()).toEqual(['three', 'one'].map((name) => join(profile, name)));
  await studio.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()!.getMenuItemById('recent')!.submenu!.items[1]!.click(),
  );
  await expect(page.getByTestId('dataset-summary')).toContainText('100 train · 30 test');
  expect((await recent())[0]).toBe(join(profile, 'one'));
});

test('numbers are written as the system’s country writes them (on Linux, where a test can choose it)', async ({
  profile,
}) => {
  test.skip(process.platform !== 'linux', 'Elsewhere the country is a setting of the whole system.');
  studio = await launchApp({ locale: 'de_DE.UTF-8' });
  await studio.page.getByTestId('open-builtin').click();
  const { page } = studio;
  await expect(page.getByTestId('dataset-summary')).toContainText('60.000 train · 10.000 test');
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0,002');
  // And may be typed so: the rate of the run is the one that was meant.
  await page.getByRole('textbox', { name: 'Hidden 1' }).fill('16');
  await page.getByRole('textbox', { name: 'Epochs' }).fill('1');
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0,02');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toHaveText(/^Finished/, { timeout: 60_000 });
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0,02');

  // Tables are written for the spreadsheets of that country, which is said where they are saved.
  const file = join(profile, 'training.csv');
  await answerSave(studio.app, file);
  await expect(page.getByTestId('save-table').first()).toHaveAttribute('title', /^Semicolons between the cells/);
  await page.getByTestId('save-table').first().click();
  await expect(page.getByTestId('message')).toContainText('Semicolons between the cells and decimal commas');
  expect(await readFile(file, 'utf8')).toMatch(/^\ufeffrow;epochs;train loss;.*\r\npoint;0,\d+;\d,\d+;/);
});

test('the log mentions a trainer that crashed', async ({ profile }) => {
  studio = await launchApp({ userData: profile });
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  const pid = await app.evaluate(
    ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'MNIST Studio trainer')!.pid,
  );
  process.kill(pid, 'SIGKILL');
  await expect(page.getByTestId('banner')).toBeVisible();
  await expect.poll(() => readFile(join(profile, 'logs', 'main.log'), 'utf8')).toMatch(/ended unexpectedly/);
});
