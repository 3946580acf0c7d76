// Networks as files in the real app: out in every format and in again, from other programs, and from runs that are
// kept.
import { expect, test, type Page } from '@playwright/test';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXPORT_SUFFIXES, ROUND_TRIP_SUFFIXES } from '../../src-shared/networks/network-formats';
import { makeFolder } from '../fixtures/folders';
import { npzOf } from '../fixtures/network-files';
import { answerFolder, answerSave, exportWeights, launchApp, setField, takeAway, type RunningApp } from './app';

let folder: string;
let remove: () => Promise<void>;
let studio: RunningApp;
test.beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  studio = await launchApp({ userData: join(folder, 'profile') });
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await expect(page.getByTestId('dataset-overview')).toBeVisible();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Hidden 1', '32');
  await setField(page, 'Epochs', '2');
});
test.afterEach(async () => {
  await studio.close();
  await remove();
});

const label = (page: Page) => page.getByTestId('epoch-label');
const testPoints = async (page: Page) =>
  Number(await page.getByTestId('accuracy-chart').getAttribute('data-test-points'));

async function train(page: Page): Promise<void> {
  await page.getByTestId('train').click();
  await expect(label(page)).toContainText('Finished', { timeout: 60_000 });
}

/** Through the dialog of the Runs tab. */
async function openNetwork({ app, page }: RunningApp, file: string): Promise<void> {
  await answerFolder(app, file);
  await page.getByTestId('tab-runs').click();
  await page.getByTestId('open-network').click();
}

/** How many test images the shown network misclassifies, as the page shows it. */
async function misclassified(page: Page): Promise<string> {
  await page.getByTestId('tab-training').click();
  return page
    .getByRole('region', { name: 'Training' })
    .getByText(/^\d+ of 10,000$/)
    .innerText();
}

test('a trained network is exported in every format, read back unchanged, and trained further', async () => {
  test.slow();
  const { app, page } = studio;
  await train(page);
  const mistakes = await misclassified(page);
  await page.getByTestId('export').click();
  await expect(page.getByTestId('export-source')).toHaveText(/^#1 · .+, epoch 2, \d\d\.\d% of the test images$/);
  await page.keyboard.press('Escape');
  for (const suffix of EXPORT_SUFFIXES) {
    const snippet = await exportWeights(app, page, join(folder, `network${suffix}`));
    expect(snippet).toContain(`network${suffix}`);
    expect(snippet).toContain('the app says');
  }
  for (const [k, suffix] of ROUND_TRIP_SUFFIXES.entries()) {
    await openNetwork(studio, join(folder, `network${suffix}`));
    await expect(page.getByTestId('message')).toContainText(`network${suffix} is open.`);
    await expect(page.getByTestId('run-title')).toContainText(`#${k + 2}`);
    await expect(label(page)).toContainText('Opened from a file');
    expect(await misclassified(page)).toBe(mistakes);
  }
  await page.getByTestId('tab-network').click();
  await expect(page.getByRole('heading', { name: '784 → 32 → 10' })).toBeVisible();

  await page.getByTestId('train-on').click();
  await expect(label(page)).toContainText('Finished: 2 epochs', { timeout: 60_000 });
  await page.getByTestId('tab-training').click();
  expect(await testPoints(page)).toBe(3);
  await page.getByTestId('tab-runs').click();
  await expect(page.getByTestId('run')).toHaveCount(1 + ROUND_TRIP_SUFFIXES.length);
  await page.getByTestId('run').first().click();
  await expect(page.getByTestId('run-name')).toHaveValue(`network${ROUND_TRIP_SUFFIXES.at(-1)}`);
  await expect(page.getByTestId('run-notes')).toHaveValue(/^Opened from network/);
});

test('a file that the app is started with is opened, on the built-in images', async () => {
  const { app, page } = studio;
  await train(page);
  const file = join(folder, 'network.safetensors');
  await exportWeights(app, page, file);
  await studio.close();
  studio = await launchApp({ userData: join(folder, 'profile'), args: [file] });
  await expect(studio.page.getByTestId('message')).toContainText('network.safetensors is open.', { timeout: 20_000 });
  await expect(label(studio.page)).toContainText('Opened from a file');
});

test('a file of another program leads to questions; one that does not fit is refused with a sentence', async () => {
  const { page } = studio;
  await writeFile(join(folder, 'numpy.npz'), npzOf({ W1: [784, 20], b1: [20], W2: [20, 10], b2: [10] }));
  await writeFile(join(folder, 'small.npz'), npzOf({ W1: [16, 20], b1: [20], W2: [20, 10], b2: [10] }));
  await writeFile(join(folder, 'model.pt'), 'a pickle');

  await openNetwork(studio, join(folder, 'small.npz'));
  await expect(page.getByTestId('error')).toContainText(
    'small.npz takes 16 pixels, but the images of MNIST have 28×28.',
  );
  await openNetwork(studio, join(folder, 'model.pt'));
  await expect(page.getByTestId('error')).toContainText(
    'model.pt may contain a program that runs when it is opened, so it is not opened.',
  );
  await expect(page.getByText('Every run is kept')).toBeVisible();

  await openNetwork(studio, join(folder, 'numpy.npz'));
  const question = page.getByTestId('activation-dialog');
  await expect(question).toContainText('numpy.npz contains the weights of a network 784 → 20 → 10');
  await question.getByRole('radio', { name: 'Tanh' }).check();
  await question.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByTestId('message')).toContainText(
    'Its weights are [in, out] and were transposed to [out, in].',
  );
  await expect(label(page)).toContainText('Opened from a file');
});

test('a kept run gives its weights, history and predictions, and its checkpoint opens as a network', async () => {
  const { app, page } = studio;
  await train(page);
  await page.getByTestId('tab-runs').click();
  await page.getByTestId('run').first().click();

  const json = join(folder, 'kept.json');
  await answerSave(app, json);
  await page.getByTestId('run-export').click();
  await takeAway(page, json);
  const { metadata } = JSON.parse(await readFile(json, 'utf8')) as {
    metadata: { testAccuracy: number; epoch: number };
  };
  expect(metadata.epoch).toBe(2);

  async function table(what: string): Promise<string[]> {
    const file = join(folder, `${what}.csv`);
    await answerSave(app, file);
    await page.getByTestId('run-export').click();
    await page.getByTestId(`take-${what}`).check();
    await page.getByTestId('export-now').click();
    await expect(page.getByTestId('message')).toContainText(file);
    return (await readFile(file, 'utf8')).trim().split('\r\n');
  }
  const history = await table('history');
  expect(history.filter((row) => row.startsWith('epoch,'))).toHaveLength(2);
  expect(history.at(-1)).toContain(String(metadata.testAccuracy));
  const [header, ...predictions] = await table('predictions');
  expect(header).toContain('image,class,predicted,confidence');
  const right = predictions.map((row) => row.split(',')).filter(([, label, predicted]) => label === predicted).length;
  expect(right / predictions.length).toBe(metadata.testAccuracy);

  const runs = join(folder, 'profile', 'runs');
  const id = (await readdir(runs)).find((name) => name.startsWith('2'))!;
  await openNetwork(studio, join(runs, id, 'last.safetensors'));
  await expect(label(page)).toContainText('Opened from a file');
  expect(await misclassified(page)).toBe(`${10_000 - right} of 10,000`);
});

test('a kept run becomes a report that stands alone, and its curves a drawing', async () => {
  const { app, page } = studio;
  await train(page);
  const drawing = join(folder, 'curves.svg');
  await answerSave(app, drawing);
  await page.getByTestId('show-curves').click();
  await page.getByTestId('save-drawing').click();
  await expect(page.getByTestId('message')).toContainText(drawing);
  const drawn = await page.evaluate(
    (text) => {
      const { documentElement: svg } = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        name: svg.nodeName,
        charts: [...svg.querySelectorAll('svg > title')].map(({ textContent }) => textContent),
        labels: [...svg.querySelectorAll('text')].map(({ textContent }) => textContent),
      };
    },
    await readFile(drawing, 'utf8'),
  );
  expect(drawn.name).toBe('svg');
  expect(drawn.charts).toEqual(['Loss', 'Accuracy', 'Learning rate', 'Gradient norm']);
  const accuracy = await page.getByTestId('accuracy-best').innerText();
  expect(drawn.labels).toContain(/test [\d.]+%/.exec(accuracy)![0]);

  const report = join(folder, 'report.html');
  await answerSave(app, report);
  await page.getByTestId('tab-runs').click();
  await page.getByTestId('run').first().click();
  await page.getByTestId('run-export').click();
  await page.getByTestId('take-report').check();
  await page.getByTestId('export-now').click();
  await expect(page.getByTestId('message')).toContainText(report);
  const found = await page.evaluate(
    (text) => {
      const page = new DOMParser().parseFromString(text, 'text/html');
      const numbers = (selector: string) =>
        [...page.querySelectorAll(selector)].map(({ textContent }) => Number(textContent!.replaceAll(',', '')));
      return {
        headline: page.querySelector('.figures dd')!.textContent,
        counts: numbers('.matrix tbody td:nth-child(-n + 11)').reduce((sum, count) => sum + count, 0),
        right: [...page.querySelectorAll('.matrix tbody tr')]
          .map((row, k) => Number(row.children[k + 1]!.textContent!.replaceAll(',', '')))
          .reduce((sum, count) => sum + count, 0),
        units: page.querySelectorAll('img[alt^="Weights"]').length,
        mistakes: page.querySelectorAll('img[alt^="Test image"]').length,
        scripts: page.scripts.length,
      };
    },
    await readFile(report, 'utf8'),
  );
  expect(found).toMatchObject({
    headline: `${(found.right / 100).toFixed(2)}%`,
    counts: 10_000,
    units: 32,
    mistakes: 24,
    scripts: 0,
  });
});
