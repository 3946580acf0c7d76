// A second start of the app while it is open: leads to the window that is there, and touches no run.
import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../fixtures/folders';
import { launchApp, setField, startCommand } from './app';

test('a second start ends at once, brings the first window back, and leaves the current run alone', async () => {
  const { folder: profile, remove } = await makeFolder();
  const studio = await launchApp({ userData: profile });
  const { app, page } = studio;
  await page.getByTestId('open-builtin').click();
  await setField(page, 'Epochs', '900');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText(/Epoch [1-9]\d*\.\d of 900/);
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    window.hide();
    (globalThis as { shown?: boolean }).shown = false;
    window.once('show', () => ((globalThis as { shown?: boolean }).shown = true));
  });

  const { program, args } = startCommand(profile);
  const [code] = (await once(spawn(program, args, { stdio: 'ignore' }), 'exit')) as [number | null];
  expect(code).toBe(0);
  await expect.poll(() => app.evaluate(() => (globalThis as { shown?: boolean }).shown)).toBe(true);
  const [id] = (await readdir(join(profile, 'runs'))).filter((name) => name.startsWith('2'));
  expect(JSON.parse(await readFile(join(profile, 'runs', id!, 'run.json'), 'utf8'))).toMatchObject({
    status: 'running',
  });
  await expect(page.getByTestId('pause')).toBeVisible();

  await studio.close();
  await remove();
});
