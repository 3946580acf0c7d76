// The start view: one click trains, its digit is drawn and answered, and the last run is continued.
import { expect } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { argmax } from '../../src-shared/nn/accuracy';
import { unpackNetwork } from '../../src-renderer/draw/small-network';
import { createModel, forward, toInput } from '../../src-renderer/network/forward';
import { loadMnist } from '../fixtures/mnist';
import { launchApp, type RunningApp } from './app';
import { test as kept } from './profile-test';
import { drawOn, SEVEN } from './drawing';
import { test } from './studio-test';

test('the digit is answered as it stands, and what is drawn over it too', async ({ studio }) => {
  const { page } = studio;
  const answer = page.getByTestId('start-answer');
  await expect(answer).toHaveAttribute('data-winner', '3');
  await expect(page.getByText('64 hidden units')).toContainText(/right on\s+9[678]\.\d% of the test images/);
  await drawOn(page, SEVEN);
  await expect(answer).toHaveAttribute('data-winner', '7');
  await page.getByTestId('clear-start-drawing').click();
  await expect(answer).toHaveAttribute('data-winner', '3');
});

test('the network that comes with the app has the accuracy that it is said to have', async () => {
  const bytes = await readFile(path.resolve(import.meta.dirname, '../../out/renderer/small-network.bin'));
  expect(bytes.length).toBeLessThan(60_000);
  const { layers, accuracy } = unpackNetwork(new Uint8Array(bytes).buffer);
  const model = createModel(layers, { activation: 'relu', leakySlope: 0.01 });
  const { labels, pixels, count } = (await loadMnist()).test;
  const right = labels.reduce((sum, label, k) => {
    const input = toInput(pixels.subarray(784 * k, 784 * (k + 1)));
    return sum + Number(argmax(forward(model, input).at(-1)!) === label);
  }, 0);
  expect(right / count).toBeCloseTo(accuracy, 4);
  expect(accuracy).toBeGreaterThan(0.96);
});

kept('one click trains on MNIST, and the next start continues that run', async ({ profile }) => {
  let studio: RunningApp = await launchApp({ userData: profile });
  await expect(studio.page.getByTestId('continue-run')).toHaveCount(0);
  await studio.page.getByTestId('start-training').click();
  await expect(studio.page.getByTestId('epoch-label')).toContainText('Finished: 6 epochs', { timeout: 60_000 });
  await expect(studio.page.getByRole('combobox', { name: 'Preset' })).toHaveValue('fast');
  await studio.close();

  studio = await launchApp({ userData: profile });
  const last = studio.page.getByTestId('continue-run');
  await expect(last).toContainText(/Continue .*9[78]\.\d%/);
  await last.click();
  await expect(studio.page.getByTestId('epoch-label')).toContainText('Finished: 6 epochs');
  await expect(studio.page.getByTestId('tab-training')).toHaveAttribute('aria-selected', 'true');
  await studio.close();
});
