// Folders that are wrong in every usual way: each gets its own sentence, and the app keeps working.
import { expect } from '@playwright/test';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDataset } from '../fixtures/folders';
import { gzip, idxBytes, smallDatasetFiles } from '../fixtures/idx';
import { answerFolder } from './app';
import { test } from './studio-test';

const SMALL = { train: 400, test: 60, rows: 28, columns: 28 };

test('each wrong folder shows its sentence with the file’s name, and then a good one is opened', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  const files = smallDatasetFiles(SMALL);
  const write = (name: string, bytes: Uint8Array) => writeFile(join(folder, name), bytes);

  async function expectRefused(...sentences: string[]): Promise<void> {
    await answerFolder(app, folder);
    await page.getByTestId('choose-folder').click();
    for (const sentence of sentences) await expect(page.getByTestId('error')).toContainText(sentence);
    await writeDataset(folder, files);
  }

  await expectRefused(
    `The folder “${folder}” holds no MNIST files, nor does a folder in it.`,
    'train-images-idx3-ubyte.gz',
  );

  await rm(join(folder, 't10k-labels-idx1-ubyte.gz'));
  await expectRefused('lacks t10k-labels-idx1-ubyte.gz');

  await write('train-images-idx3-ubyte.gz', files.trainImages.bytes.subarray(0, 500));
  await expectRefused('train-images-idx3-ubyte.gz is cut off: it should unpack to 313,616 bytes, but ends after');

  await write('train-labels-idx1-ubyte.gz', gzip(idxBytes([399], new Uint8Array(399))));
  await expectRefused('train-labels-idx1-ubyte.gz holds 399 labels, but train-images-idx3-ubyte.gz holds 400 images');

  await write('t10k-images-idx3-ubyte.gz', gzip(new TextEncoder().encode('<html>404</html>')));
  await expectRefused('t10k-images-idx3-ubyte.gz is a gzip file that holds a web page');

  await write('t10k-labels-idx1-ubyte.gz', gzip(idxBytes([60], new Uint8Array(60).fill(7))));
  await expectRefused('t10k-labels-idx1-ubyte.gz');

  await write('labels.txt', new TextEncoder().encode('zero\none\n'));
  await expectRefused('labels.txt does not name the classes');
  await rm(join(folder, 'labels.txt'));

  await answerFolder(app, folder);
  await page.getByTestId('choose-folder').click();
  await expect(page.getByTestId('dataset-summary')).toContainText('400 train · 60 test · 28×28');
  await expect(page.getByTestId('error')).toHaveCount(0);
  await expect(page.getByTestId('train')).toBeEnabled();

  // A bad folder chosen now leaves the dataset that is open.
  await answerFolder(app, join(folder, 'gone'));
  await page.getByTestId('dataset-summary').click();
  await page.getByRole('button', { name: 'Choose another dataset…' }).click();
  await expect(page.getByText(`The folder “${join(folder, 'gone')}” cannot be read: it does not exist.`)).toBeVisible();
  await expect(page.getByTestId('dataset-summary')).toContainText('400 train · 60 test');
});
