// npm run soak [-- --minutes 60]: the real app in use for as long as asked, and whether its memory stays flat after a warm-up. Needs a display.
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { electronRuntime } from '../../build/electron-runtime.mjs';
import { ensureBuilt } from '../../build/ensure-built.mjs';
import { newProfile } from '../../build/profile.mjs';
import { main, projectRoot, sandboxFlags } from '../../build/project.mjs';
import { launchElectron } from '../e2e/launch-electron.mjs';
import { useApp } from './cycle.mjs';
import { grownProcesses, table, takeMemory } from './memory.mjs';

const MINUTES = 60;
/** Cycles; fewer say nothing. */
const FEWEST = 12;

await main(async () => {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: String(MINUTES) } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes is “${values.minutes}”: expected a number above 0.`);
  await ensureBuilt();
  const folder = await newProfile();
  const { executable, version } = await electronRuntime();
  const app = await launchElectron({ executablePath: executable, args: [...sandboxFlags, '--js-flags=--expose-gc', `--user-data-dir=${folder}`, projectRoot] });
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
  await app.close();
  await rm(folder, { recursive: true });

  console.log(table(samples));
  console.log(`${samples.length} rounds of training, views, exports, networks opened, reloads`);
  const grown = grownProcesses(samples);
  for (const error of errors) console.log(`Error in the page: ${error}`);
  for (const process of grown) console.log(`The memory of the process “${process}” did not stay flat within 5% after the warm-up.`);
  return grown.length > 0 || errors.length > 0 ? 1 : 0;
});
