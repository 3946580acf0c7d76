// Learning well, as a person does it: in steps, with changes on the way, with settings from elsewhere, with distorted
// images, with the best weights kept.
import { expect, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpz } from '../fixtures/npz-network';
import { PRESETS } from '../../src-shared/settings/presets';
import { withoutOff } from '../../src-shared/settings/stored-settings';
import { answerFolder, answerSave, exportWeights, setField } from './app';
import { test } from './studio-test';

const choosePreset = (page: Page, label: string) =>
  page.getByRole('combobox', { name: 'Preset' }).selectOption({ label });
const chartNumber = (page: Page, name: string) =>
  page.getByTestId('loss-chart').getAttribute(`data-${name}`).then(Number);

/** Opens a folded section of the settings. */
async function unfold(page: Page, section: string): Promise<void> {
  const heading = page.getByTestId(`section-${section}`);
  if ((await heading.getAttribute('aria-expanded')) === 'false') await heading.click();
  await expect(heading).toHaveAttribute('aria-expanded', 'true');
}

async function step(page: Page, testid: string): Promise<void> {
  if (!(await page.getByTestId('steps-menu').isVisible())) await page.getByTestId('steps').click();
  await page.getByTestId(testid).click();
}

test('training goes a batch, an epoch, and some more epochs at a time', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await choosePreset(page, PRESETS['seed-mended'].label);
  await setField(page, 'Epochs', '2');

  await step(page, 'one-batch');
  await expect(page.getByText('batch 1 of 937')).toBeVisible();
  await step(page, 'one-batch');
  await expect(page.getByText('batch 2 of 937')).toBeVisible();
  expect(await chartNumber(page, 'test-points')).toBe(0);

  await step(page, 'one-epoch');
  await expect(page.getByTestId('epoch-label')).toContainText('Paused at epoch 1.0 of 2');
  await expect.poll(() => chartNumber(page, 'test-points')).toBe(1);

  await page.keyboard.press('Escape');
  await page.getByTestId('resume').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 2 epochs');

  await page.getByTestId('steps').click();
  await page.getByTestId('more-count').fill('1');
  await step(page, 'more-epochs');
  await expect(page.getByTestId('epoch-label')).toContainText('Finished: 3 epochs');
  expect(await chartNumber(page, 'test-points')).toBe(3);
});

test('what is changed while training runs is marked on the chart, and goes with the exported weights', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await choosePreset(page, PRESETS['seed-mended'].label);
  await setField(page, 'Epochs', '300');
  await page.getByTestId('train').click();
  await expect.poll(() => chartNumber(page, 'train-points')).toBeGreaterThan(0);

  await setField(page, 'Learning rate', '0.05');
  await page.keyboard.press('Enter');
  await expect.poll(() => chartNumber(page, 'changes')).toBe(1);
  await setField(page, 'Batch size', '128');
  await page.keyboard.press('Enter');
  await expect.poll(() => chartNumber(page, 'changes')).toBe(2);
  const before = await chartNumber(page, 'test-points');
  await expect.poll(() => chartNumber(page, 'test-points'), { timeout: 60_000 }).toBeGreaterThan(before + 1);

  await page.getByTestId('pause').click();
  await expect(page.getByTestId('resume')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('resume')).toBeVisible();
  await page.getByTestId('tab-training').click();
  expect(await chartNumber(page, 'changes')).toBe(2);
  await expect(page.getByRole('textbox', { name: 'Batch size' })).toHaveValue('128');

  // The next run begins with what was changed.
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('train')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0.05');
  await expect(page.getByRole('textbox', { name: 'Batch size' })).toHaveValue('128');

  const file = join(folder, 'changed.npz');
  await exportWeights(app, page, file);
  const metadata = readNpz(await readFile(file)).metadata as unknown as {
    changes: { epochs: number; update: number; changes: object }[];
  };
  expect(metadata.changes.map(({ changes }) => changes)).toEqual([{ learningRate: 0.05 }, { batchSize: 128 }]);
  expect(metadata.changes[1]!.update).toBeGreaterThanOrEqual(metadata.changes[0]!.update);
  expect(metadata.changes[0]!.update).toBeGreaterThan(0);
});

test('settings are copied and saved as JSON and read back; an error names the wrong field', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await choosePreset(page, PRESETS.dropout.label);
  const choose = async (item: string) => {
    await page.getByTestId('settings-menu').click();
    await page.getByTestId(`${item}-settings`).click();
  };
  await choose('copy');
  await expect(page.getByTestId('message')).toBeVisible();
  const copied = JSON.parse(await app.evaluate(({ clipboard }) => clipboard.readText())) as object;
  expect(copied).toEqual(withoutOff(PRESETS.dropout.settings));

  const paste = async (text: string) => {
    await app.evaluate(({ clipboard }, json) => clipboard.writeText(json), text);
    await choose('paste');
  };
  await paste('{"hidden": [30, 20], "optimizer": "adam", "epochs": 7}');
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toHaveValue('7');
  await expect(page.getByTestId('hidden-2')).toHaveValue('20');
  await paste('{"droput": 0.5}');
  await expect(page.getByTestId('error')).toContainText('There is no setting “droput”.');
  await paste('{"dropout": 5}');
  await expect(page.getByTestId('error')).toContainText('“dropout”: Dropout must be a number from 0 to 0.9.');
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toHaveValue('7');

  const file = join(folder, 'settings.json');
  await answerSave(app, file);
  await choose('save');
  await expect(page.getByTestId('message')).toContainText(file);
  await choosePreset(page, PRESETS.fast.label);
  await answerFolder(app, file);
  await choose('open');
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toHaveValue('7');
  await unfold(page, 'optimizer');
  await expect(page.getByRole('combobox', { name: 'Optimizer' })).toHaveValue('adam');
});

test('the preview shows digits as training sees them, and follows the settings', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await choosePreset(page, PRESETS['seed-mended'].label);
  await unfold(page, 'augmentation');
  await page.getByTestId('show-augmented').click();
  // One of each digit at least, as many as have room.
  await expect(page.getByTestId('augmented').nth(9)).toBeVisible();
  const count = await page.getByTestId('augmented').count();
  const pictures = () =>
    page
      .getByTestId('augmented')
      .evaluateAll((pairs) =>
        pairs.map((pair) =>
          [...pair.querySelectorAll('canvas')].map((canvas) =>
            [...canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data].join(),
          ),
        ),
      );
  const sameAsOriginal = async () => (await pictures()).filter(([original, shown]) => original === shown).length;
  await expect.poll(sameAsOriginal).toBe(count);

  await setField(page, 'Rotate', '45');
  await expect.poll(sameAsOriginal).toBeLessThan(3);
  const turned = await pictures();
  await setField(page, 'Elastic strength', '34');
  await expect
    .poll(async () => (await pictures()).filter(([, shown], k) => shown !== turned[k]![1]).length)
    .toBeGreaterThan(count - 3);
  await setField(page, 'Elastic strength', '0');
  await setField(page, 'Rotate', '0');
  await expect.poll(sameAsOriginal).toBe(count);
});

test('training stops early by the validation images, and the best weights are those that are exported', async ({
  studio,
  folder,
}) => {
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await choosePreset(page, PRESETS.fast.label);
  await setField(page, 'Hidden 1', '32');
  await setField(page, 'Learning rate', '1');
  await setField(page, 'Epochs', '1000');
  await unfold(page, 'validation');
  await setField(page, 'Validation split', '0.25');
  await setField(page, 'Patience', '2');
  await page.getByRole('combobox', { name: 'Weights kept' }).selectOption('best');
  await page.getByTestId('train').click();

  await expect(page.getByTestId('epoch-label')).toContainText('Stopped early', { timeout: 90_000 });
  const trained = await chartNumber(page, 'validation-points');
  expect(trained).toBeGreaterThan(2);
  const file = join(folder, 'best.npz');
  await exportWeights(app, page, file);
  const { epoch, testAccuracy } = readNpz(await readFile(file)).metadata;
  expect(epoch).toBe(trained - 2);
  // The mistakes that are shown are those of the weights that were put back.
  await page.getByTestId('tab-mistakes').click();
  await expect(page.getByTestId('mistakes-count')).toContainText(
    `${Math.round(10_000 * (1 - testAccuracy))} of 10,000 misclassified`,
  );
});
