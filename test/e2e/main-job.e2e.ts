// The whole main job on the real 60,000 images: from choosing a folder to the exported weights.
import { expect, test, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyMnist, makeFolder } from '../fixtures/folders';
import { mnistFiles } from '../fixtures/mnist';
import { predict, readNpz } from '../fixtures/npz-network';
import { answerFolder, exportWeights, launchApp, type RunningApp, setField } from './app';

let studio: RunningApp;
let folder: string;
let remove: () => Promise<void>;
test.beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  await copyMnist(folder);
  studio = await launchApp();
});
test.afterEach(async () => {
  await studio.close();
  await remove();
});

const points = async (page: Page, chart: 'loss-chart' | 'accuracy-chart', line: 'train' | 'test') =>
  Number(await page.getByTestId(chart).getAttribute(`data-${line}-points`));

/** The numbers of all mistakes in the gallery, page after page. */
async function readMistakes(page: Page): Promise<{ index: number; truth: number; predicted: number }[]> {
  const found: { index: number; truth: number; predicted: number }[] = [];
  for (;;) {
    const cards = page.getByTestId('mistake');
    await expect(cards.first()).toBeVisible();
    found.push(
      ...(await cards.evaluateAll((elements) =>
        elements.map(({ dataset }) => ({
          index: Number(dataset['index']),
          truth: Number(dataset['true']),
          predicted: Number(dataset['predicted']),
        })),
      )),
    );
    const next = page.getByRole('button', { name: 'Next page' });
    if (await next.isDisabled()) return found;
    await next.click();
  }
}

const weightPixels = (page: Page) =>
  page.getByTestId('weights-canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    return [...canvas.getContext('2d')!.getImageData(0, 0, canvas.width, Math.min(canvas.height, 200)).data].join();
  });

test('choose a folder, train, watch, reload, export, stop: all on the real MNIST', async () => {
  const { app, page } = studio;
  await answerFolder(app, folder);
  await page.getByTestId('choose-folder').click();

  await expect(page.getByTestId('dataset-summary')).toContainText('60,000 train · 10,000 test · 28×28');
  const overview = page.getByTestId('dataset-overview');
  for (const text of [folder, 'train-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz', '5,923', '1,135']) {
    await expect(overview).toContainText(text);
  }
  await expect(page.getByTestId('export')).toBeDisabled();

  await setField(page, 'Hidden 1', '256');
  await setField(page, 'Epochs', '500');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText(/Epoch\s+\d+\.\d of 500/);
  await expect.poll(() => points(page, 'loss-chart', 'train')).toBeGreaterThan(0);

  await page.getByTestId('engine').click();
  await expect(page.getByTestId('engine-details')).toContainText('skips pixels that are zero (80.9% of them)');
  await page.keyboard.press('Escape');

  await page.getByTestId('tab-weights').click();
  const earlyPixels = await weightPixels(page);
  await expect.poll(() => weightPixels(page)).not.toBe(earlyPixels);

  await page.getByTestId('tab-training').click();
  await expect.poll(() => points(page, 'loss-chart', 'test'), { timeout: 120_000 }).toBeGreaterThan(0);
  expect(await points(page, 'accuracy-chart', 'test')).toBeGreaterThan(0);
  expect(await points(page, 'accuracy-chart', 'train')).toBeGreaterThan(0);

  await page.getByTestId('pause').click();
  await expect(page.getByTestId('resume')).toBeVisible();

  // Reloading loses nothing on screen.
  const before = {
    label: await page.getByTestId('epoch-label').textContent(),
    train: await points(page, 'loss-chart', 'train'),
    test: await points(page, 'accuracy-chart', 'test'),
  };
  await page.getByTestId('tab-weights').click();
  await page.reload();
  await expect(page.getByTestId('resume')).toBeVisible();
  await expect(page.getByTestId('weights-canvas')).toBeVisible();
  await page.getByTestId('tab-training').click();
  expect({
    label: await page.getByTestId('epoch-label').textContent(),
    train: await points(page, 'loss-chart', 'train'),
    test: await points(page, 'accuracy-chart', 'test'),
  }).toEqual(before);
  await page.getByTestId('resume').click();
  await expect(page.getByTestId('pause')).toBeVisible();
  await expect.poll(() => points(page, 'loss-chart', 'train')).toBeGreaterThan(before.train);

  await page.getByTestId('stop').click();
  await expect(page.getByTestId('train')).toBeVisible();

  // What was exported reads the same images wrong as the app says.
  const file = join(folder, 'exported.npz');
  await exportWeights(app, page, file);
  const network = readNpz(await readFile(file));
  expect(network.layers.map(({ weight, bias }) => [weight.shape, bias.shape])).toEqual([
    [[256, 784], [256]],
    [[10, 256], [10]],
  ]);
  const { testImages, testLabels } = mnistFiles();
  const labels = [...testLabels.bytes.subarray(8)];
  const predicted = predict(network, testImages.bytes.subarray(16), 10_000);
  const wrong = predicted.flatMap((digit, index) =>
    digit === labels[index] ? [] : [{ index, truth: labels[index]!, predicted: digit }],
  );

  await page.getByTestId('tab-mistakes').click();
  await expect(page.getByTestId('mistakes-count')).toContainText(
    `${wrong.length} of 10,000 misclassified · ${(wrong.length / 100).toFixed(2)}%`,
  );
  const shown = await readMistakes(page);
  expect([...shown].sort((a, b) => a.index - b.index)).toEqual(wrong);
  expect(network.metadata.testAccuracy).toBe((10_000 - wrong.length) / 10_000);
  expect(network.metadata.testAccuracy).toBeGreaterThan(0.92);
});
