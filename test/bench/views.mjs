// npm run bench:views: what the views cost in the real app, on the real MNIST with 256 hidden units: how long each
// takes to open, the first time and later, how often it is redrawn while training runs, and how much slower training is
// with it in front than with the Data tab. All are measured in turn in one run of 25 minutes, or only the tabs that are
// named. Needs a display.
import { _electron } from '@playwright/test';
import { rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { electronRuntime } from '../../build/electron-runtime.mjs';
import { ensureBuilt } from '../../build/ensure-built.mjs';
import { newProfile } from '../../build/profile.mjs';
import { main, projectRoot, sandboxFlags } from '../../build/project.mjs';
import { median } from './median.mjs';

const BASELINE = 'data';
const ROUNDS = 11;
const SECONDS = 5;
/** A map is made at once when its tab opens, and then at most every 24 seconds or so: as long as that it is watched. */
const SECONDS_OF_MAP = 26;

/** Runs in the page: milliseconds from the click on a tab until it has been painted; 0 where it was in front. */
function openTab(tab) {
  const button = document.querySelector(`[data-testid="tab-${tab}"]`);
  if (button.ariaSelected === 'true') return 0;
  const panel = document.querySelector('#tab-panel');
  const before = panel.firstElementChild;
  return new Promise((resolve) => {
    const start = performance.now();
    button.click();
    requestAnimationFrame(function frame() {
      // The code of a tab is read when it is first opened.
      if (panel.firstElementChild === null || panel.firstElementChild === before) return requestAnimationFrame(frame);
      requestAnimationFrame(() => resolve(performance.now() - start));
    });
  });
}

/** Runs in the page: in how many animation frames a second something in the panel was drawn or changed. */
function countUpdates(seconds) {
  const panel = document.querySelector('#tab-panel');
  let changed = false;
  const observer = new MutationObserver(() => (changed = true));
  observer.observe(panel, { subtree: true, childList: true, attributes: true, characterData: true });
  const methods = ['putImageData', 'drawImage', 'stroke', 'fill', 'fillRect', 'clearRect', 'fillText'];
  const own = methods.map((method) => CanvasRenderingContext2D.prototype[method]);
  methods.forEach((method, k) => {
    CanvasRenderingContext2D.prototype[method] = function draw(...args) {
      changed = true;
      return own[k].apply(this, args);
    };
  });
  return new Promise((resolve) => {
    const start = performance.now();
    let updates = 0;
    requestAnimationFrame(function frame(now) {
      if (changed) updates++;
      changed = false;
      if (now - start < seconds * 1000) return requestAnimationFrame(frame);
      observer.disconnect();
      methods.forEach((method, k) => (CanvasRenderingContext2D.prototype[method] = own[k]));
      resolve(updates / seconds);
    });
  });
}

const epochsTrained = async (page) =>
  Number(/Epoch ([\d.]+)/.exec(await page.getByTestId('epoch-label').textContent())[1]);

async function beginRun(page) {
  await page.getByTestId('train').click();
  await page
    .getByTestId('epoch-label')
    .filter({ hasText: /^Epoch ([3-9]|\d\d)/ })
    .waitFor({ timeout: 60_000 });
}

async function stopRun(page) {
  await page.getByTestId('stop').click();
  await page.getByTestId('train').waitFor();
}

/** Epochs a second, over some seconds. */
async function measureSpeed(page, seconds) {
  const [start, first] = [performance.now(), await epochsTrained(page)];
  await page.waitForTimeout(seconds * 1000);
  return ((await epochsTrained(page)) - first) / ((performance.now() - start) / 1000);
}

await main(async () => {
  await ensureBuilt();
  const profile = await newProfile();
  await writeFile(path.join(profile, 'preferences.json'), '{ "tourSeen": true }');
  const { executable } = await electronRuntime();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...sandboxFlags, `--user-data-dir=${profile}`, projectRoot],
  });
  const page = await app.firstWindow();
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('seed-mended');
  await page.getByRole('textbox', { name: 'Epochs' }).fill('1000');
  const all = await page
    .getByRole('tab')
    .evaluateAll((found) => found.map(({ dataset }) => dataset.testid.replace('tab-', '')));
  const named = process.argv.slice(2);
  const tabs = all.filter((tab) => tab !== BASELINE && (named.length === 0 || named.includes(tab)));
  const opened = new Map(tabs.map((tab) => [tab, []]));
  const slower = new Map(tabs.map((tab) => [tab, []]));
  const first = new Map();
  const updates = new Map();
  const speedOn = async (tab, seconds) => {
    const milliseconds = await page.evaluate(openTab, tab);
    if (milliseconds > 0) opened.get(tab)?.push(milliseconds);
    await page.waitForTimeout(500);
    return measureSpeed(page, seconds);
  };
  await page.evaluate(openTab, BASELINE);
  await beginRun(page);
  for (const tab of tabs) {
    first.set(tab, await page.evaluate(openTab, tab));
    updates.set(tab, await page.evaluate(countUpdates, SECONDS));
  }
  for (let round = 0; round < ROUNDS; round++) {
    // A run of its own: together they are longer than the longest run allowed.
    await stopRun(page);
    await beginRun(page);
    for (const tab of tabs) {
      // Beside the Data tab of the same moment: what else the machine does changes slowly. In turn, so that neither is
      // always first.
      const seconds = tab === 'map' ? SECONDS_OF_MAP : SECONDS;
      const speeds = {};
      for (const one of round % 2 === 0 ? [BASELINE, tab] : [tab, BASELINE]) speeds[one] = await speedOn(one, seconds);
      slower.get(tab).push(1 - speeds[tab] / speeds[BASELINE]);
    }
  }
  console.log(
    `${os.cpus()[0].model}, ${os.cpus().length} processors, 784-256-10, batch 64, medians of ${ROUNDS} pairs\n`,
  );
  console.log(
    'tab'.padEnd(12) +
      'first opens in ms'.padStart(20) +
      'then in ms'.padStart(14) +
      'drawn a second'.padStart(18) +
      'slower by'.padStart(12) +
      'lowest to highest'.padStart(22),
  );
  for (const tab of tabs) {
    const shares = slower.get(tab);
    const [share, least, most] = [median(shares), Math.min(...shares), Math.max(...shares)].map(
      (one) => `${(100 * one).toFixed(1)}%`,
    );
    const numbers = [
      first.get(tab).toFixed(0),
      median(opened.get(tab)).toFixed(0),
      updates.get(tab).toFixed(1),
      share,
      `${least} to ${most}`,
    ];
    console.log(tab.padEnd(12) + numbers.map((number, k) => number.padStart([20, 14, 18, 12, 22][k])).join(''));
  }
  await stopRun(page);
  await app.close();
  await rm(profile, { recursive: true });
});
