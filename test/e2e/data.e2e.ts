// The Data tab on the real MNIST, and the folders that ask a question before they can be opened.
import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { mnistFiles } from '../fixtures/mnist';
import { answerFolder, setField } from './app';
import { test } from './studio-test';

/** Positions of a class in a file of labels of the real MNIST. */
function positionsOf(digit: number, labels: Uint8Array): number[] {
  return [...labels.subarray(8)].flatMap((label, index) => (label === digit ? [index] : []));
}

test('every image of the real MNIST can be found by its set, class and page, and wrong labels are marked', async ({
  studio,
}) => {
  const { page } = studio;
  const { trainLabels, testLabels } = mnistFiles();
  const shown = () =>
    page.getByTestId('sample').evaluateAll((cards) => cards.map((card) => Number(card.getAttribute('data-index'))));
  const classButton = (digit: number) => page.locator(`[data-testid=class][data-class="${digit}"] button`);

  await page.getByTestId('open-builtin').click();
  await page.getByTestId('tab-data').click();
  await expect(page.getByTestId('data-summary')).toHaveText(
    '60,000 training and 10,000 test images of 28×28 pixels, 10 classes.',
  );
  await expect(page.getByTestId('class')).toHaveCount(10);
  await expect(page.locator('[data-testid=class][data-class="1"]')).toContainText('6,742');
  await expect(page.getByTestId('sample-range')).toContainText('of 60,000 · all classes');

  const sevens = positionsOf(7, trainLabels.bytes);
  await classButton(7).click();
  await expect(page.getByTestId('sample-range')).toContainText(`of ${sevens.length.toLocaleString('en-US')} · class 7`);
  const first = await shown();
  expect(first.length).toBeGreaterThan(5);
  expect(first).toEqual(sevens.slice(0, first.length));
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByTestId('sample').first()).toHaveAttribute('data-index', String(sevens[first.length]));
  expect(await shown()).toEqual(sevens.slice(first.length, 2 * first.length));

  // Test image 947 is labelled 8 and shows a 9.
  const eights = positionsOf(8, testLabels.bytes);
  await page.getByTestId('set-test').click();
  await classButton(8).click();
  await expect(page.getByTestId('sample').first()).toHaveAttribute('data-index', String(eights[0]));
  await page.getByTestId('sample-page').focus();
  const pages = Math.floor(eights.indexOf(947) / (await shown()).length);
  for (let turned = 1; turned <= pages; turned++) {
    await page.keyboard.press('PageDown');
    await expect(page.getByTestId('sample').first()).toHaveAttribute(
      'data-index',
      String(eights[turned * first.length]),
    );
  }
  await expect(page.locator('[data-testid=sample][data-index="947"]').getByTestId('label-error')).toHaveAttribute(
    'title',
    /label error \(Northcutt et al\. 2021\): labelled 8/,
  );
  await expect(page.getByTestId('label-error')).toHaveCount(1);

  // The images can be browsed during training too.
  await setField(page, 'Epochs', '1000');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Epoch');
  await page.getByTestId('all-classes').click();
  await expect(page.getByTestId('sample').first()).toHaveAttribute('data-index', '0');
});

test('a folder with several datasets asks which, and one without a test set asks how much to hold out', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  const files = Object.values(smallDatasetFiles({ train: 210, test: 30, rows: 8, columns: 6 }));
  const write = (part: string, { name, bytes }: (typeof files)[number]) =>
    writeFile(join(folder, `emnist-${part}-${name.replace('t10k', 'test')}`), bytes);
  await Promise.all([
    ...files.map((file) => write('digits', file)),
    ...files.slice(0, 2).map((file) => write('mnist', file)),
  ]);
  await answerFolder(app, folder);

  await page.getByTestId('choose-folder').click();
  const question = page.getByTestId('question');
  await expect(question).toContainText('Which dataset?');
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(page.getByTestId('choose-folder')).toBeEnabled();

  await page.getByTestId('choose-folder').click();
  await question.getByRole('button', { name: 'EMNIST digits' }).click();
  await expect(page.getByTestId('dataset-summary')).toContainText('210 train · 30 test · 6×8');
  await page.getByTestId('tab-data').click();
  await expect(page.getByTestId('data-tab')).toContainText('rows and columns were swapped to turn them upright');

  await page.getByTestId('dataset-summary').click();
  await page.getByRole('button', { name: 'Choose another dataset…' }).click();
  await question.getByRole('button', { name: 'EMNIST mnist' }).click();
  await expect(question).toContainText('There are only training images in emnist-mnist-train-images-idx3-ubyte.gz.');
  await question.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByTestId('dataset-summary')).toContainText('180 train · 30 test · 6×8');
  await expect(page.getByTestId('data-tab')).toContainText('30 of the 210 training images were held out for testing');
});

test('a dataset with names of its own shows them, and trains', async ({ studio, folder }) => {
  const { app, page } = studio;
  const names = ['anchor', 'book', 'chair', 'door', 'engine', 'flag', 'gate', 'harbour', 'island', 'jar'];
  await writeDataset(folder, smallDatasetFiles({ train: 400, test: 60, rows: 10, columns: 14 }));
  await writeFile(join(folder, 'labels.txt'), names.join('\n'));
  await answerFolder(app, folder);
  await page.getByTestId('choose-folder').click();
  await page.getByTestId('tab-data').click();
  await expect(page.getByTestId('class')).toContainText(names);
  await setField(page, 'Epochs', '1');
  await page.getByTestId('train').click();
  await page.getByTestId('tab-mistakes').click();
  await expect(page.getByTestId('mistakes-count')).toContainText('of 60 misclassified');
});
