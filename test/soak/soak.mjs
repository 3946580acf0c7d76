// npm run soak [-- --minutes 60 --epochs 8000]: the real app in use for as long as asked, then one long run of a small
// network, and whether memory stays flat after a warm-up. Needs a display.
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { electronRuntime } from '../../build/electron-runtime.mjs';
import { ensureBuilt } from '../../build/ensure-built.mjs';
import { newProfile } from '../../build/profile.mjs';
import { main, projectRoot, sandboxFlags } from '../../build/project.mjs';
import { launchElectron } from '../e2e/launch-electron.mjs';
import { useApp } from './cycle.mjs';
import { trainLong } from './long-run.mjs';
import { grownProcesses, table, takeMemory } from './memory.mjs';

const MINUTES = 60;
/** More than an hour of the standard network, at half a second each. */
const EPOCHS = 8000;
/** Cycles; fewer say nothing. */
const FEWEST = 12;

await main(async () => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: String(MINUTES) },
      epochs: { type: 'string', default: String(EPOCHS) },
    },
  });
  const minutes = Number(values.minutes);
  const epochs = Number(values.epochs);
  if (!(minutes > 0)) throw new Error(`--minutes is “${values.minutes}”: expected a number above 0.`);
  if (!(epochs >= 100)) throw new Error(`--epochs is “${values.epochs}”: expected at least 100.`);
  await ensureBuilt();
  const folder = await newProfile();
  const { executable, version } = await electronRuntime();
  const app = await launchElectron({
    executablePath: executable,
    args: [...sandboxFlags, '--js-flags=--expose-gc', `--user-data-dir=${folder}`, projectRoot],
  });
  const page = await app.firstWindow();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));

  console.log(`Electron ${version}, ${minutes} minutes`);
  const samples = [];
  const end = Date.now() + minutes * 60_000;
  for (let cycle = 0; Date.now() < end || samples.length < FEWEST; cycle++) {
    await useApp(app, page, folder, cycle);
    samples.push(await takeMemory(app, page));
  }
  const longRun = await trainLong(app, page, epochs);
  await app.close();
  await rm(folder, { recursive: true });

  const grown = [
    ...report(samples, `${samples.length} rounds of training, views, exports, networks opened, reloads`),
    ...report(longRun, `One run of ${epochs} epochs, with every view looked at`),
  ];
  for (const error of errors) console.log(`Error in the page: ${error}`);
  return grown.length > 0 || errors.length > 0 ? 1 : 0;
});

/** @returns the processes whose memory grew */
function report(samples, what) {
  const grown = grownProcesses(samples);
  console.log(`\n${what}\n${table(samples)}`);
  for (const process of grown)
    console.log(`The memory of the process “${process}” did not stay flat within 5% after the warm-up.`);
  return grown;
}
