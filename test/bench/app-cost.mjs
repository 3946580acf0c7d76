// npm run bench:app: what the app costs on top of its kernels: seconds an epoch of 784-256-10 takes in the real app
// with the Data tab in front, beside the same kernels in a utility process of their own, evaluation included in both,
// in turn in one run. And how long it takes from the click on Train to the first update, on the second start. Needs a
// display.
import { _electron } from '@playwright/test';
import { readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { electronRuntime } from '../../build/electron-runtime.mjs';
import { ensureBuilt } from '../../build/ensure-built.mjs';
import { kernels } from '../../build/kernels.mjs';
import { newProfile } from '../../build/profile.mjs';
import { inProject, main, projectRoot, sandboxFlags } from '../../build/project.mjs';
import { median } from './median.mjs';

const PRESET = 'seed-mended';
const ROUNDS = 7;
const EPOCHS = 12;
/** Until V8 has optimised all, and the steps have their length. */
const WARM_UP = 3;

async function bundleBareTrainer() {
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    plugins: [kernels()],
    ssr: { noExternal: true },
    build: {
      ssr: 'test/bench/bare/trainer.ts',
      outDir: 'out/bench',
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'bare-trainer.cjs' } },
    },
  });
}

async function startApp(executable, profile) {
  const app = await _electron.launch({
    executablePath: executable,
    args: [...sandboxFlags, `--user-data-dir=${profile}`, projectRoot],
  });
  const page = await app.firstWindow();
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption(PRESET);
  await page.getByRole('textbox', { name: 'Epochs' }).fill(String(EPOCHS));
  await page.getByTestId('tab-data').click();
  return { app, page };
}

/** Waits for the answer of the trial, which comes after the first dataset. @returns the build of the kernels */
async function kernelsOf(profile) {
  for (;;) {
    const text = await readFile(path.join(profile, 'kernels.json'), 'utf8').catch(() => undefined);
    if (text) return JSON.parse(text).choices[0].simd;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** @returns seconds of each epoch of a run in the app, training and evaluation */
async function epochsOfApp(page, profile) {
  await page.getByTestId('train').click();
  await page
    .getByTestId('epoch-label')
    .filter({ hasText: /^Epoch/ })
    .waitFor();
  await page
    .getByTestId('epoch-label')
    .filter({ hasText: /^Finished/ })
    .waitFor({ timeout: 120_000 });
  const folder = path.join(profile, 'runs');
  const newest = (await readdir(folder))
    .filter((name) => /^\d/.test(name))
    .sort()
    .at(-1);
  const history = await readFile(path.join(folder, newest, 'history.jsonl'), 'utf8');
  return history
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).result.seconds);
}

/** Runs in the page: milliseconds from the click until the page shows progress, which comes after the first updates. */
function clickTrain() {
  const footer = document.querySelector('footer.figures');
  return new Promise((resolve) => {
    const start = performance.now();
    new MutationObserver((_records, observer) => {
      if (!/\d images a second/.test(footer.textContent)) return;
      observer.disconnect();
      resolve(performance.now() - start);
    }).observe(footer, { subtree: true, childList: true, characterData: true });
    document.querySelector('[data-testid="train"]').click();
  });
}

async function measureCost(executable, profile) {
  const { app, page } = await startApp(executable, profile);
  const simd = await kernelsOf(profile);
  const bare = await _electron.launch({
    executablePath: executable,
    args: [...sandboxFlags, inProject('test/bench/bare')],
    env: {
      ...process.env,
      BARE_TRAINER: inProject('out/bench/bare-trainer.cjs'),
      BARE_ARGUMENTS: JSON.stringify([inProject('out/builtin-mnist'), PRESET, simd]),
    },
  });
  const measure = {
    app: () => epochsOfApp(page, profile),
    async bare() {
      const seconds = [];
      for (let epoch = 0; epoch < EPOCHS; epoch++) seconds.push(await bare.evaluate(() => globalThis.trainBare()));
      return seconds;
    },
  };
  const rows = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const row = {};
      for (const one of round % 2 === 0 ? ['app', 'bare'] : ['bare', 'app'])
        row[one] = median((await measure[one]()).slice(WARM_UP));
      rows.push(row);
    }
  } finally {
    await Promise.all([bare.close(), app.close()]);
  }
  return { simd, rows };
}

async function measureStart(executable, profile) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { app, page } = await startApp(executable, profile);
    times.push(await page.evaluate(clickTrain));
    await page.getByTestId('stop').click();
    await page.getByTestId('train').waitFor();
    await app.close();
  }
  return times;
}

const range = (values, digits) =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ` +
  `${Math.max(...values).toFixed(digits)})`;

await main(async () => {
  await ensureBuilt();
  await bundleBareTrainer();
  const { executable, version } = await electronRuntime();
  const profile = await newProfile();
  const { simd, rows } = await measureCost(executable, profile);
  console.log(
    `Electron ${version}, ${os.cpus()[0].model}, ${os.cpus().length} processors, kernels: ${simd}; medians of ` +
      `${ROUNDS}, and their range\n`,
  );
  console.log(
    `seconds an epoch in the app          ${range(
      rows.map(({ app }) => app),
      3,
    )}`,
  );
  console.log(
    `seconds an epoch, the kernels alone  ${range(
      rows.map(({ bare }) => bare),
      3,
    )}`,
  );
  console.log(
    `the app costs more by                ${range(
      rows.map(({ app, bare }) => 100 * (app / bare - 1)),
      1,
    )} %`,
  );
  const times = await measureStart(executable, profile);
  console.log(`milliseconds from Train to the first progress on screen, later starts  ${range(times, 0)}`);
  await rm(profile, { recursive: true });
});
