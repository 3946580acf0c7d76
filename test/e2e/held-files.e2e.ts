// A file of a run that the system will not replace, as on Windows while another program has it open. On Linux, one that
// is mounted is such a file.
import { expect } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setField, type RunningApp } from './app';
import { test } from './studio-test';

type Studio = Pick<RunningApp, 'app' | 'page'>;

/** Starts a run with many epochs and waits for its second epoch. */
async function startTraining({ app, page }: Studio) {
  await page.getByTestId('open-builtin').click();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Hidden 1', '16');
  await setField(page, 'Epochs', '1000');
  await page.getByTestId('train').click();
  await page.getByTestId('tab-training').click();
  const epochs = async () => Number(await page.getByTestId('loss-chart').getAttribute('data-test-points'));
  await expect.poll(epochs).toBeGreaterThan(1);

  const runs = join(await app.evaluate(({ app: electron }) => electron.getPath('userData')), 'runs');
  const [id] = (await readdir(runs)).filter((name) => name.startsWith('2'));
  const folder = join(runs, id!);
  const readRun = async () =>
    JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as { status: string; epochsTrained: number };
  return { epochs, folder, file: join(folder, 'last.safetensors'), readRun };
}

/** The test is skipped if the system lets nobody hold a file so. */
function hold(file: string): void {
  let mounted = true;
  try {
    execFileSync('mount', ['--bind', file, file], { stdio: 'ignore' });
  } catch {
    mounted = false;
  }
  test.skip(!mounted, 'nothing can be mounted here: that takes root on Linux');
}

test('training continues while a file of its run is held, and nothing of the run is lost', async ({
  studio: { app, page },
}) => {
  const { epochs, folder, file, readRun } = await startTraining({ app, page });
  hold(file);
  try {
    await expect(page.getByTestId('runs-error')).toContainText('another program has it open', { timeout: 20_000 });
    await expect(page.getByTestId('runs-error')).toContainText('Training continues');
    const before = await epochs();
    await expect.poll(epochs).toBeGreaterThan(before + 3);
  } finally {
    execFileSync('umount', [file]);
  }
  await expect(page.getByTestId('runs-message')).toContainText('Nothing was lost', { timeout: 20_000 });
  await expect(page.getByTestId('runs-error')).toHaveCount(0);
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Stopped');
  await expect.poll(async () => (await readRun()).status).toBe('stopped');
  const { epochsTrained } = await readRun();
  const lines = (await readFile(join(folder, 'history.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { result: { epoch: number } }).result.epoch);
  expect([...new Set(lines)]).toEqual(Array.from({ length: epochsTrained }, (_, k) => k + 1));
});

test('the app does not end before a run is written whose file is held', async ({ studio: { app, page } }) => {
  const { epochs, file, readRun } = await startTraining({ app, page });
  hold(file);
  let held = true;
  let shown: number | undefined;
  try {
    await expect(page.getByTestId('runs-error')).toContainText('another program has it open', { timeout: 20_000 });
    await page.getByTestId('stop').click();
    await expect(page.getByTestId('epoch-label')).toContainText('Stopped');
    shown = await epochs();
    expect((await readRun()).epochsTrained).toBeLessThan(shown);
    // A dialog that nobody answers.
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = ((options: { detail: string }) => {
        (globalThis as { asked?: string }).asked = options.detail;
        return new Promise(() => undefined);
      }) as unknown as typeof dialog.showMessageBox;
    });
    const closed = app.waitForEvent('close');
    await app.evaluate(({ app: electron }) => electron.quit());
    await expect
      .poll(() => app.evaluate(() => (globalThis as { asked?: string }).asked), { timeout: 30_000 })
      .toContain('Still being written: the run “784-16-10');
    execFileSync('umount', [file]);
    held = false;
    await closed;
  } finally {
    if (held) execFileSync('umount', [file]);
  }
  expect(await readRun()).toMatchObject({ status: 'stopped', epochsTrained: shown });
});
