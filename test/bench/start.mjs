// npm run bench:start: how long the packaged app takes from its first process to a window that can be seen, and to one
// that can be used, with and without a thousand kept runs. Playwright's own connection to the app is a part of both
// times. Needs a display.
import { _electron } from '@playwright/test';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { newProfile } from '../../build/profile.mjs';
import { main, runNode, sandboxFlags } from '../../build/project.mjs';
import { testableApp } from '../../build/testable.mjs';
import { median } from './median.mjs';

const ROUNDS = 7;
const RUNS = 1000;

const launch = (executable, profile) =>
  _electron.launch({ executablePath: executable, args: [...sandboxFlags, `--user-data-dir=${profile}`] });

/** Trains one small run, and copies it until there are as many as asked for. */
async function fillProfile(executable, profile, runs) {
  const app = await launch(executable, profile);
  const page = await app.firstWindow();
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await page.getByRole('textbox', { name: 'Hidden 1' }).fill('16');
  await page.getByRole('textbox', { name: 'Epochs' }).fill('1');
  await page.getByTestId('train').click();
  await page.getByTestId('epoch-label').getByText('Finished').waitFor({ timeout: 60_000 });
  await app.close();
  const folder = path.join(profile, 'runs');
  const [first] = (await readdir(folder)).filter((name) => /^\d/.test(name));
  const run = JSON.parse(await readFile(path.join(folder, first, 'run.json'), 'utf8'));
  for (let k = 1; k < runs; k++) {
    const id = `20260101-000000-${k.toString(16).padStart(6, '0')}`;
    await cp(path.join(folder, first), path.join(folder, id), { recursive: true });
    await writeFile(path.join(folder, id, 'run.json'), JSON.stringify({ ...run, id }));
  }
}

async function start(executable, profile) {
  const begun = performance.now();
  const app = await launch(executable, profile);
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window.isVisible() || new Promise((shown) => window.once('show', shown));
  });
  const visible = performance.now() - begun;
  // Playwright waits until a button can be clicked.
  await page.getByTestId('open-builtin').click({ trial: true });
  const usable = performance.now() - begun;
  await app.close();
  return { visible, usable };
}

await main(async () => {
  if ((await runNode('build/package.mjs', [])) !== 0) return 1;
  const executable = await testableApp();
  console.log(`Packaged, ${os.cpus()[0].model}, ${os.cpus().length} processors, medians of ${ROUNDS}\n`);
  console.log(`${'kept runs'.padEnd(12)}${'visible'.padStart(12)}${'usable'.padStart(12)}`);
  for (const runs of [0, RUNS]) {
    const profile = await newProfile();
    if (runs > 0) await fillProfile(executable, profile, runs);
    await start(executable, profile); // the first start of a profile writes it
    const times = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await start(executable, profile));
    const cells = ['visible', 'usable'].map((kind) =>
      `${(median(times.map((time) => time[kind])) / 1000).toFixed(2)} s`.padStart(12),
    );
    console.log(String(runs).padEnd(12) + cells.join(''));
    await rm(profile, { recursive: true });
  }
});
