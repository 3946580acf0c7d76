// npm run bench:views: what the views cost in the real app, on the real MNIST with 256 hidden units: how long each takes to open,
// how often it is drawn anew while training runs, and how much slower training is with it in front than with the Data tab, all in
// turn in one run. Needs a display.
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
const ROUNDS = 5;
const SECONDS = 6;

/** Runs in the page: milliseconds from the click on a tab until it has been painted. */
function openTab(tab) {
  return new Promise((resolve) => {
    const start = performance.now();
    document.querySelector(`[data-testid="tab-${tab}"]`).click();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
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

const epochsTrained = async (page) => Number(/Epoch ([\d.]+)/.exec(await page.getByTestId('epoch-label').textContent())[1]);

/** Epochs a second, over some seconds. */
async function measureSpeed(page) {
  const [start, first] = [performance.now(), await epochsTrained(page)];
  await page.waitForTimeout(SECONDS * 1000);
  return (await epochsTrained(page) - first) / ((performance.now() - start) / 1000);
}

await main(async () => {
  await ensureBuilt();
  const profile = await newProfile();
  await writeFile(path.join(profile, 'preferences.json'), '{ "tourSeen": true }');
  const { executable } = await electronRuntime();
  const app = await _electron.launch({ executablePath: executable, args: [...sandboxFlags, `--user-data-dir=${profile}`, projectRoot] });
  const page = await app.firstWindow();
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('seed-mended');
  await page.getByRole('textbox', { name: 'Epochs' }).fill('1000');
  await page.getByTestId('train').click();
  await page.locator('[data-test-points="3"]').first().waitFor({ timeout: 60_000 });

  const tabs = await page.getByRole('tab').evaluateAll((all) => all.map(({ dataset }) => dataset.testid.replace('tab-', '')));
  const opened = new Map(tabs.map((tab) => [tab, []]));
  const speed = new Map(tabs.map((tab) => [tab, []]));
  const updates = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const tab of tabs) {
      opened.get(tab).push(await page.evaluate(openTab, tab));
      await page.waitForTimeout(500);
      if (!updates.has(tab)) updates.set(tab, await page.evaluate(countUpdates, 3));
      speed.get(tab).push(await measureSpeed(page));
    }
  }
  console.log(`${os.cpus()[0].model}, ${os.cpus().length} processors, 784-256-10, batch 64, medians of ${ROUNDS}\n`);
  console.log(`${'tab'.padEnd(12)}${'opens in ms'.padStart(14)}${'drawn a second'.padStart(18)}${'epochs a second'.padStart(18)}${'slower by'.padStart(12)}`);
  for (const tab of tabs) {
    const epochs = median(speed.get(tab));
    // Each beside the Data tab of its own round: what else the machine does changes slowly.
    const slower = median(speed.get(tab).map((one, round) => 1 - one / speed.get(BASELINE)[round]));
    const numbers = [median(opened.get(tab)).toFixed(0), updates.get(tab).toFixed(1), epochs.toFixed(2), `${(100 * slower).toFixed(1)}%`];
    console.log(tab.padEnd(12) + numbers.map((number, k) => number.padStart([14, 18, 18, 12][k])).join(''));
  }
  await page.getByTestId('stop').click();
  await page.getByTestId('train').waitFor();
  await app.close();
  await rm(profile, { recursive: true });
});
