// Runs of version 0.1 and of a later one that does not exist, in the real app; and what was set aside comes back.
import { expect, test } from '@playwright/test';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '../fixtures/folders';
import { launchApp, type RunningApp } from './app';

const FIXTURE = resolve(import.meta.dirname, '../fixtures/runs-of-0.1');

let profile: string;
let runs: string;
let remove: () => Promise<void>;
let index: Record<string, string>;
let studio: RunningApp;
test.beforeEach(async () => {
  ({ folder: profile, remove } = await makeFolder());
  runs = join(profile, 'runs');
  await mkdir(runs);
  await cp(join(FIXTURE, 'runs'), runs, { recursive: true });
  index = JSON.parse(await readFile(join(FIXTURE, 'index.json'), 'utf8')) as Record<string, string>;
  await changeRun('no-hidden-layer, whole', (json) => Object.assign(json, { format: 2 }));
  await changeRun('adam-cosine, whole', (json) =>
    Object.assign(json.settings, { optimizer: 'lion', schedule: 'polynomial' }),
  );
  await writeFile(join(runs, index['sgd, whole']!, 'run.json'), '{"format":1}');
  studio = await launchApp({ userData: profile });
});
test.afterEach(async () => {
  await studio.close();
  await remove();
});

async function changeRun(kind: string, change: (json: { settings: object }) => unknown): Promise<void> {
  const file = join(runs, index[kind]!, 'run.json');
  const json = JSON.parse(await readFile(file, 'utf8')) as { settings: object };
  change(json);
  await writeFile(file, JSON.stringify(json));
}

test('runs of other versions are listed, and what was set aside is brought back', async () => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tab-runs').click();
  await expect(page.getByTestId('runs-title')).toContainText('30 runs');
  const aside = page.getByTestId('set-aside');
  await expect(aside).toContainText(
    'it was written by a newer version of the app (format 2, where this one knows 1). Please open it with that ' +
      'version. It is still in',
  );
  await expect(aside).toContainText('its run.json is damaged. Bring back');

  await page.getByRole('searchbox').fill('lion');
  await page.getByTestId('run').click();
  const detail = page.getByTestId('run-detail');
  await expect(detail).toContainText(
    'Its setting “optimizer” is "lion", which this version of the app does not know. Please open it with the ' +
      'version that trained it.',
  );
  await expect(detail).toContainText('lion 0.01, polynomial');
  for (const action of ['run-open', 'run-continue', 'run-settings', 'run-export'])
    await expect(page.getByTestId(action)).toBeDisabled();
  await page.getByRole('searchbox').fill('');

  await page.getByTestId('bring-back').click();
  await expect(page.getByTestId('runs-error')).toContainText(
    `The run ${index['sgd, whole']!} could not be brought back: its run.json is damaged. ` + 'It stays in',
  );
  const folder = (await aside
    .getByRole('paragraph')
    .filter({ has: page.getByTestId('bring-back') })
    .locator('bdi')
    .textContent())!;
  await cp(join(FIXTURE, 'runs', index['sgd, whole']!, 'run.json'), join(folder, 'run.json'));
  await page.getByTestId('bring-back').click();
  await expect(page.getByTestId('runs-title')).toContainText('31 runs');
  await expect(page.getByTestId('bring-back')).toHaveCount(0);
});

test('notes are kept that a person was still writing when the app was closed', async () => {
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tab-runs').click();
  await page.getByTestId('run').first().click();
  await page.getByTestId('run-notes').fill('Not left yet');
  const closed = app.waitForEvent('close');
  await app.evaluate(({ app: electron }) => electron.quit());
  await closed;
  studio = await launchApp({ userData: profile });
  await studio.page.getByTestId('open-builtin').click();
  await studio.page.getByTestId('tab-runs').click();
  await studio.page.getByTestId('run').first().click();
  await expect(studio.page.getByTestId('run-notes')).toHaveValue('Not left yet');
});
