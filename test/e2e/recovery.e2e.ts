// A trainer that dies while it trains with the wide kernels: training resumes with the relaxed ones, to the same
// weights.
import { expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpz } from '../fixtures/npz-network';
import { exportWeights, setField, trainerId } from './app';
import { pretendTrialChose, rememberedKernels } from './kernels';
import { test } from './studio-test';

async function openMnist(page: Page, epochs: string): Promise<void> {
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await setField(page, 'Hidden 1', '32');
  await setField(page, 'Epochs', epochs);
}

const testPoints = (page: Page) => page.getByTestId('loss-chart').getAttribute('data-test-points').then(Number);

async function arithmetic(page: Page): Promise<string> {
  await page.getByTestId('engine').click();
  const text = await page.getByTestId('engine-details').innerText();
  await page.keyboard.press('Escape');
  return text;
}

test('resumes after its last epoch, says so once, and never uses the wide kernels here again', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  await pretendTrialChose(app, 'wide');
  await openMnist(page, '30'); // long enough to be killed in its middle
  await page.getByTestId('train').click();
  await expect.poll(() => testPoints(page), { timeout: 60_000 }).toBeGreaterThan(1);
  expect(await arithmetic(page)).toContain('up to eight numbers at a time');

  process.kill(await trainerId(app), 'SIGKILL');
  await expect(page.getByTestId('error')).toContainText('training was resumed after the last finished epoch', {
    timeout: 30_000,
  });
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 30 epochs', { timeout: 60_000 });
  expect(await arithmetic(page)).toContain('four numbers at a time, with fused multiply-add');
  expect(await rememberedKernels(app)).toBe('relaxed');
  const recovered = join(folder, 'recovered.npz');
  await exportWeights(app, page, recovered);

  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Epoch');
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 30 epochs', { timeout: 60_000 });
  const undisturbed = join(folder, 'undisturbed.npz');
  await exportWeights(app, page, undisturbed);
  const layers = async (file: string) => readNpz(await readFile(file)).layers;
  expect(await layers(recovered)).toEqual(await layers(undisturbed));
  await page.getByTestId('tab-runs').click();
  await expect(page.getByTestId('run')).toHaveCount(2);
});

test('resumes in its first second, before an epoch has ended', async ({ studio }) => {
  const { app, page } = studio;
  await pretendTrialChose(app, 'wide');
  await openMnist(page, '30');
  await page.getByTestId('train').click();
  await page.getByTestId('pause').waitFor();
  process.kill(await trainerId(app), 'SIGKILL');
  await expect(page.getByTestId('error')).toContainText('The training process ended unexpectedly', { timeout: 30_000 });
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 30 epochs', { timeout: 60_000 });
  await page.getByTestId('tab-runs').click();
  await expect(page.getByTestId('run')).toHaveCount(1);
});
