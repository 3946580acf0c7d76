// A thousand kept runs in the real app: the list is there, can be scrolled to its end, filtered, and gives up a run.
import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { RunStore } from '../../src-main/runs/run-store';
import { makeFolder } from '../fixtures/folders';
import { epochRecord, newRun, positionAt } from '../fixtures/stored-runs';
import { launchApp } from './app';

const RUNS = 1000;

test('a thousand runs are listed, and every one of them can be reached', async () => {
  test.slow();
  const { folder: profile, remove } = await makeFolder();
  let minute = 0;
  const store = await RunStore.open(join(profile, 'runs'), () => new Date(2026, 0, 1, 0, minute++).getTime());
  for (let k = 1; k <= RUNS; k++) {
    const { id } = await store.begin({ ...newRun(), name: `number ${k}` }, positionAt(0));
    await store.writeEpoch(id, epochRecord(1));
    await store.change(id, { status: 'completed' });
  }
  const studio = await launchApp({ userData: profile });
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tab-runs').click();
  await expect(page.getByTestId('runs-title')).toContainText('1,000 runs');
  const rows = page.getByTestId('run');
  await expect(rows.first()).toContainText('number 1000');
  // Only those in sight are there.
  expect(await rows.count()).toBeLessThan(100);
  await rows.first().click();
  await page.keyboard.press('End');
  await expect(page.getByText('number 1', { exact: true }).first()).toBeVisible();
  await expect(page.getByTestId('run-name')).toHaveValue('number 1');

  await page.getByRole('searchbox').fill('998');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('number 998');
  await rows.first().click();
  await page.getByTestId('run-delete').click();
  await expect(rows).toHaveCount(0);
  await page.getByRole('searchbox').fill('');
  await expect(page.getByTestId('runs-title')).toContainText('999 runs');
  await studio.close();
  await remove();
});
