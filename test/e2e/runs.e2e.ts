// Runs in the real app: kept, resumed after the app was killed, compared, deleted and brought back.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../fixtures/folders';
import { readNpz } from '../fixtures/npz-network';
import { exportWeights, launchApp, processIds, setField, trainerId, type RunningApp } from './app';
import { pretendTrialChose } from './kernels';

let profile: string;
let remove: () => Promise<void>;
let studio: RunningApp;
test.beforeEach(async () => {
  ({ folder: profile, remove } = await makeFolder());
  studio = await launchApp({ userData: profile });
});
test.afterEach(async () => {
  await studio.close();
  await remove();
});

const epochs = async (page: Page) => Number(await page.getByTestId('loss-chart').getAttribute('data-test-points'));

async function openMnist(page: Page, hidden: string, epochCount: string): Promise<void> {
  await page.getByTestId('open-builtin').click();
  await expect(page.getByTestId('dataset-overview')).toBeVisible();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Hidden 1', hidden);
  await setField(page, 'Epochs', epochCount);
}

async function train(page: Page): Promise<void> {
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished', { timeout: 60_000 });
}

async function exported(app: RunningApp['app'], page: Page, name: string) {
  const file = join(profile, name);
  await exportWeights(app, page, file);
  return readNpz(await readFile(file));
}

/** Ends all processes of the app at once, as a power cut would. */
async function kill(): Promise<void> {
  const ids = await processIds(studio.app);
  const gone = studio.app.waitForEvent('close');
  for (const id of ids) process.kill(id, 'SIGKILL');
  await gone;
}

test(
  'a run that was cut off by the death of the whole app resumes when it is opened again, and ends with the same ' +
    'weights',
  async () => {
    await openMnist(studio.page, '256', '8');
    await train(studio.page);
    const whole = await exported(studio.app, studio.page, 'whole.npz');

    await studio.page.getByTestId('train').click();
    await studio.page.getByTestId('tab-training').click();
    await expect(studio.page.getByTestId('epoch-label')).toContainText(/Epoch [2-7]\.\d of 8/, { timeout: 60_000 });
    await kill();

    studio = await launchApp({ userData: profile });
    const { app, page } = studio;
    await page.getByTestId('cut-off').getByRole('button', { name: 'Resume' }).click();
    await expect(page.getByTestId('epoch-label')).toContainText('Finished', { timeout: 60_000 });
    const again = await exported(app, page, 'again.npz');
    expect(again.layers).toEqual(whole.layers);
    expect(again.metadata.testAccuracy).toBe(whole.metadata.testAccuracy);

    await page.getByTestId('tab-runs').click();
    const rows = page.getByTestId('run');
    await expect(rows).toHaveCount(2);
    const [id] = await readdir(join(profile, 'runs')).then((names) =>
      names
        .filter((name) => name.startsWith('2'))
        .sort()
        .slice(-1),
    );
    expect(JSON.parse(await readFile(join(profile, 'runs', id!, 'run.json'), 'utf8'))).toMatchObject({
      status: 'completed',
      epochsTrained: 8,
    });
    expect((await readFile(join(profile, 'runs', id!, 'history.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(8);
  },
);

test('a run whose trainer dies resumes from its last epoch', async () => {
  const { app, page } = studio;
  await pretendTrialChose(app, 'relaxed'); // after a death with the wide kernels nobody is asked: see recovery.e2e.ts
  await openMnist(page, '32', '40');
  await page.getByTestId('train').click();
  await page.getByTestId('tab-training').click();
  await expect.poll(() => epochs(page), { timeout: 60_000 }).toBeGreaterThan(1);
  process.kill(await trainerId(app), 'SIGKILL');
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByTestId('epoch-label')).toContainText(/Epoch [2-9]/, { timeout: 60_000 });
  await page.getByTestId('stop').click();
  await page.getByTestId('tab-runs').click();
  await expect(page.getByTestId('run')).toHaveCount(1);
});

test('runs are renamed, opened, compared, deleted and brought back', async () => {
  const { page } = studio;
  await openMnist(page, '16', '2');
  await train(page);
  await setField(page, 'Hidden 1', '24');
  await train(page);
  await page.getByTestId('tab-runs').click();
  const rows = page.getByTestId('run');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('#2 hidden units 24');
  await expect(rows.nth(1)).toContainText('#1 784-16-10, SGD 0.6');
  await rows.nth(1).click();
  await page.getByTestId('run-name').fill('small one');
  await page.getByTestId('run-name').press('Enter');
  await expect(rows.nth(1)).toContainText('#1 small one');

  // In a wide window its curves stand beside the list.
  await expect(page.getByTestId('run-curves')).toHaveCount(0);
  await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1600, 900));
  await expect(page.getByTestId('run-curves').locator('canvas').first()).toHaveAttribute('data-points', '2');

  await page.getByTestId('run-open').click();
  await expect(page.getByTestId('loss-chart')).toBeVisible();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished');
  await expect(page.getByRole('contentinfo')).toContainText('#1');
  await page.getByTestId('tab-network').click();
  await expect(page.getByRole('heading', { name: '784 → 16 → 10' })).toBeVisible();

  await page.getByTestId('tab-runs').click();
  await rows.nth(0).getByRole('checkbox').check();
  await rows.nth(1).getByRole('checkbox').check();
  await page.getByTestId('compare').click();
  await expect(page.getByRole('list', { name: 'Compared runs' })).toContainText('#1 small one');
  await page.getByTestId('compare-settings').click();
  await page.getByTestId('compare-predictions').click();
  await page.getByTestId('back-to-list').click();

  await page.getByTestId('delete-chosen').click();
  await expect(rows).toHaveCount(0);
  await page.getByTestId('undo-delete').click();
  await expect(rows).toHaveCount(2);
});

test('several seeds are trained one after the other, as one group', async () => {
  const { page } = studio;
  await openMnist(page, '8', '2');
  await page.getByTestId('tab-runs').click();
  await page.getByTestId('several').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Train/ })
    .click();
  await page.getByTestId('tab-runs').click();
  const seeds = page.getByTestId('seeds');
  await expect(seeds).toContainText('#1–3', { timeout: 60_000 });
  await expect(seeds).toContainText('3 seeds');
  await expect(seeds).toContainText('Completed', { timeout: 60_000 });
  await expect(seeds).toContainText(/\d\d\.\d\d% ± \d\.\d\d/);
  const rows = page.getByTestId('run');
  await expect(rows).toHaveCount(0);

  await seeds.click();
  await page.keyboard.press('ArrowRight');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText('#3 seed 3');
  await page.keyboard.press('ArrowLeft');
  await expect(rows).toHaveCount(0);
  await page.keyboard.press('Space');
  await page.getByTestId('compare').click();
  await expect(page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem')).toHaveCount(3);
  // Drawn as one curve, with a band from the lowest to the highest.
  await page.getByRole('main').getByRole('combobox', { name: 'Runs' }).selectOption('seeds');
  await expect.poll(() => bandPixels(page.getByTestId('overlay-loss'))).toBeGreaterThan(100);
  await page.getByTestId('back-to-list').click();
  await page.getByTestId('choose-none').click();

  // A deleted number does not come back.
  await page.getByTestId('seeds-delete').click();
  await expect(seeds).toHaveCount(0);
  await page.getByTestId('train').click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('#4');
  await page.getByTestId('undo-delete').click();
  await expect(seeds).toContainText('#1–3');
});

/** The pixels of a chart that only a band covers: it alone is transparent. */
function bandPixels(chart: Locator): Promise<number> {
  return chart.evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    return data.filter((alpha, index) => index % 4 === 3 && Math.abs(alpha - 0x2e) < 3).length;
  });
}
