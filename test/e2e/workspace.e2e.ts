// What a person does beside the main job: start in other ways, set up, pause, lose the trainer, quit.
import { expect, test } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder, writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { readNpz } from '../fixtures/npz-network';
import { answerQuit, exportWeights, launchApp, processIds, type RunningApp, setField, trainerId } from './app';
import { pretendTrialChose } from './kernels';

let studio: RunningApp;
test.afterEach(() => studio.close());

/** Opens the built-in dataset and starts a run that takes long. */
async function startLongRun({ page }: RunningApp): Promise<void> {
  await page.getByTestId('open-builtin').click();
  await setField(page, 'Epochs', '900');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText(/\d of 900/);
}

/** Fails if the process with this id keeps running. */
async function expectGone(pid: number): Promise<void> {
  await expect
    .poll(() => {
      try {
        process.kill(pid, 0);
        return 'running';
      } catch {
        return 'gone';
      }
    })
    .toBe('gone');
}

test('a dropped folder is opened, and remembered at the next start', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'mnist-studio-profile-'));
  const { folder, remove } = await makeFolder();
  await writeDataset(folder, smallDatasetFiles({ train: 100, test: 30, rows: 28, columns: 28 }));
  studio = await launchApp({ userData });
  const devtools = await studio.page.context().newCDPSession(studio.page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: 200,
      y: 200,
      data: { items: [], files: [folder], dragOperationsMask: 1 },
    });
  }
  await expect(studio.page.getByTestId('dataset-summary')).toContainText('100 train · 30 test');
  await studio.close();

  studio = await launchApp({ userData });
  await studio.page.getByTestId('open-again').click();
  await expect(studio.page.getByTestId('dataset-summary')).toContainText('100 train · 30 test');
  await remove();
  await studio.close();
  await rm(userData, { recursive: true, force: true });
});

test('fields refuse nonsense where it is typed', async () => {
  studio = await launchApp();
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  const train = page.getByTestId('train');
  await expect(train).toBeEnabled();
  await page.getByTestId('section-computation').click();

  for (const [label, nonsense, sentence, good] of [
    ['Hidden 1', '0', 'Hidden units must be whole numbers from 1 to 2048, for at most 6 layers.', '128'],
    ['Learning rate', 'fast', 'Learning rate must be a number from 0.000001 to 10.', '0.5'],
    ['Batch size', '1.5', 'Batch size must be a whole number from 1 to 4096.', '100'],
    ['Epochs', '', 'Epochs must be a whole number from 1 to 1000.', '3'],
    ['Random seed', '-1', 'Random seed must be a whole number from 0 to 4294967295.', '7'],
  ] as const) {
    await setField(page, label, nonsense);
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(page.getByRole('textbox', { name: label })).toHaveAttribute('aria-invalid', 'true');
    await expect(train).toBeDisabled();
    await setField(page, label, good);
    await expect(page.getByText(sentence)).toHaveCount(0);
    await expect(train).toBeEnabled();
  }
  // What is said beside a field is of the number that was read in it.
  await setField(page, 'Batch size', '1,000');
  await expect(page.getByText(/^[1-9]\d* updates an epoch$/)).toBeVisible();
  await setField(page, 'Learning rate', '2,125');
  await expect(page.getByText('“2,125” can mean 2125 or 2.125. Please type one of the two.')).toBeVisible();
  await setField(page, 'Learning rate', '0,5');
  await expect(train).toBeEnabled();

  await page.getByTestId('add-layer').click();
  await setField(page, 'Hidden 2', '64');
  await expect(page.getByTestId('network-cost')).toContainText(/^109,386 weights/);

  await page.getByRole('combobox', { name: 'Preset' }).selectOption({ label: 'Seed, as written' });
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0.001');
  await page.getByTestId('section-network').click();
  await expect(page.getByRole('combobox', { name: 'Activation' })).toHaveValue('sigmoid');
});

test('a batch larger than the training set is refused', async () => {
  const { folder, remove } = await makeFolder();
  await writeDataset(folder, smallDatasetFiles({ train: 50, test: 30, rows: 28, columns: 28 }));
  studio = await launchApp();
  await studio.page.evaluate((path) => window.api.command('openFolder', { folder: path }), folder);
  await expect(studio.page.getByTestId('dataset-summary')).toContainText('50 train');
  await expect(studio.page.getByTestId('train')).toBeDisabled();
  await setField(studio.page, 'Batch size', '50');
  await expect(studio.page.getByTestId('train')).toBeEnabled();
  await remove();
});

test('training can be paused and resumed, and the taskbar shows how far it is', async () => {
  studio = await launchApp();
  const { app, page } = studio;
  await app.evaluate(({ BrowserWindow }) => {
    const calls: [number, unknown][] = [];
    (globalThis as { taskbar?: typeof calls }).taskbar = calls;
    BrowserWindow.getAllWindows()[0]!.setProgressBar = (done, options) => void calls.push([done, options?.mode]);
  });
  const taskbar = () => app.evaluate(() => (globalThis as unknown as { taskbar: [number, string][] }).taskbar);
  await startLongRun(studio);
  await expect.poll(async () => (await taskbar()).at(-1)![0]).toBeGreaterThan(0);

  await page.getByTestId('pause').click();
  await expect(page.getByTestId('resume')).toBeVisible();
  await expect.poll(async () => (await taskbar()).at(-1)![1]).toBe('paused');
  await page.getByTestId('resume').click();
  await expect(page.getByTestId('pause')).toBeVisible();
  await expect.poll(async () => (await taskbar()).at(-1)![1]).toBe('normal');
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('train')).toBeVisible();
  expect((await taskbar()).at(-1)![0]).toBe(-1);
});

test('a trainer that is killed is reported, what was seen and learned stays, and the run starts again', async () => {
  const { folder, remove } = await makeFolder();
  await writeDataset(folder, smallDatasetFiles({ train: 3000, test: 100, rows: 28, columns: 28 }));
  studio = await launchApp();
  const { app, page } = studio;
  await pretendTrialChose(app, 'relaxed'); // after a death with the wide kernels nobody is asked: see recovery.e2e.ts
  await page.evaluate((path) => window.api.command('openFolder', { folder: path }), folder);
  await setField(page, 'Epochs', '1000');
  await page.getByTestId('train').click();
  const testPoints = () => page.getByTestId('loss-chart').getAttribute('data-test-points').then(Number);
  await expect.poll(testPoints).toBeGreaterThan(0);

  const lost = await trainerId(app);
  process.kill(lost, 'SIGKILL');
  const banner = page.getByTestId('banner');
  await expect(banner).toContainText('Training was cut off: the training process ended unexpectedly');
  expect(await testPoints()).toBeGreaterThan(0);

  const epoch = Number(/The weights of epoch (\d+) are kept/.exec((await banner.textContent())!)![1]);
  const file = join(folder, 'rescued.npz');
  await exportWeights(app, page, file);
  expect(readNpz(await readFile(file)).metadata.epoch).toBe(epoch);

  await banner.getByRole('button', { name: 'Start again' }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByTestId('pause')).toBeVisible();
  await expect.poll(testPoints).toBeGreaterThan(0);
  expect(await trainerId(app)).not.toBe(lost);
  await remove();
});

test('quitting in the middle of training asks once, and then all processes end', async () => {
  studio = await launchApp();
  const { app, page } = studio;
  await startLongRun(studio);
  const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
  const questions = () => app.evaluate(() => (globalThis as { quitQuestions?: number }).quitQuestions);

  await answerQuit(app, 'Keep training');
  await close();
  await expect.poll(questions).toBe(1);
  await expect(page.getByTestId('pause')).toBeVisible();

  const pids = await processIds(app);
  expect(pids).toContain(await trainerId(app));
  await answerQuit(app, 'Quit');
  const closed = app.waitForEvent('close');
  await close().catch(() => undefined);
  await closed;
  for (const pid of pids) await expectGone(pid);
});
