// What is handed out: its fuses, its size, its desktop entry; and that it opens and trains, started as a desktop does.
import { extractFile } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { electronRuntime } from '../../build/electron-runtime.mjs';
import { wrongFuses } from '../../build/fuses.mjs';
import { reasonsAgainst } from '../../build/release-rules.mjs';
import packageJson from '../../package.json' with { type: 'json' };
import { EXPORT_FORMATS } from '../../src-main/formats/save/formats';
import { makeFolder } from '../fixtures/folders';
import { ones, SMALL } from '../fixtures/network-files';
import { DIST, startInstalled, unpackDeb, unpackTar, type Installed } from './installed';

const MOST_ADDED = 20_000_000;

let installed: Installed;
test.beforeAll(async () => void (installed = await unpackDeb()));
test.afterAll(() => installed.remove());

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

async function bytesOf(folder: string): Promise<number> {
  const sizes = await Promise.all((await filesIn(folder)).map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Of every file: its path in the folder, whether it may be run, what is in it. */
async function contentOf(folder: string): Promise<string[]> {
  const describe = async (file: string) =>
    `${path.relative(folder, file)} ${(await stat(file)).mode & 0o111 ? 'program' : 'file'} ${createHash('sha256')
      .update(await readFile(file))
      .digest('hex')}`;
  const content: string[] = [];
  for (const file of await filesIn(folder)) content.push(await describe(file));
  return content;
}

test('has Electron’s developer fuses off, and the trap handlers of WebAssembly on', async () => {
  expect(await wrongFuses(installed.executable)).toEqual([]);
});

test('adds less than 20 MB to Electron, with its dataset', async () => {
  const { dist } = await electronRuntime();
  const added = (await bytesOf(installed.folder)) - (await bytesOf(dist));
  console.log(`The app adds ${(added / 1e6).toFixed(1)} MB to Electron.`);
  expect(added).toBeLessThan(MOST_ADDED);
});

test('is the same app in the archive as in the Debian package', async () => {
  const { folder, root } = await unpackTar();
  const content = await contentOf(folder);
  await rm(root, { recursive: true });
  expect(content.length).toBeGreaterThan(20);
  expect(content).toEqual(await contentOf(installed.folder));
});

test('names every package that it contains, with its licence', async () => {
  const all = JSON.parse(
    extractFile(path.join(installed.folder, 'resources/app.asar'), 'out/licences.json').toString(),
  ) as { name: string; licence: string; text: string }[];
  const names = all.map(({ name }) => name);
  for (const name of ['@fontsource-variable/inter', 'chart.js', 'svelte', 'umap-js', 'zod'])
    expect(names).toContain(name);
  for (const { name, licence, text } of all)
    expect(`${name}: ${licence} ${text}`).toMatch(/MIT|BSD|ISC|Apache|OFL|CC0|Unlicense/);
  // A part of umap-js is somebody else's work, under another licence than the package.
  expect(all.find(({ name }) => name === 'umap-js')!.text).toContain('Leland McInnes');
});

test('may be released only if it was made with the Electron that package.json pins', async () => {
  const { version, official } = await electronRuntime();
  const reasons = await reasonsAgainst(DIST, packageJson.devDependencies.electron);
  const marked = (await readdir(DIST)).filter((name) => name.includes('-substitute'));
  if (official) {
    expect(reasons).toEqual([]);
    expect(marked).toEqual([]);
  } else {
    expect(marked.length).toBeGreaterThan(1);
    for (const name of marked)
      expect(reasons).toContainEqual(expect.stringContaining(`${name} was made with an Electron that stands in`));
    expect(reasons).toContainEqual(expect.stringContaining(`It holds Electron ${version}`));
  }
});

test('opens from its own folder and learns the built-in digits, whatever NODE_OPTIONS says', async () => {
  const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect=0' };
  const { page, output, close } = await startInstalled(installed, { env, args: ['--inspect=0'] });
  await page.click('open-builtin');
  await expect.poll(() => page.textOf('dataset-summary'), { timeout: 20_000 }).toContain('60,000 train');
  // Which would pause after the first epoch to explain it.
  await page.click('tour-skip');
  await page.click('train');
  // "Epoch 1.0" may still be the first one, before it has been evaluated.
  await expect.poll(() => page.textOf('epoch-label'), { timeout: 60_000 }).toMatch(/^Epoch (1\.[1-9]|[2-9])/);
  await page.click('stop');
  await expect.poll(() => page.textOf('epoch-label'), { timeout: 20_000 }).toContain('Stopped');
  const accuracy = /([\d.]+)%/.exec(await page.textOf('epoch-label'))![1];
  expect(Number(accuracy)).toBeGreaterThan(85);
  expect(page.errors).toEqual([]);
  expect(output()).not.toContain('Debugger listening');
  await close();
});

test('opens a network that it is started with: the process for such files is in the archive', async () => {
  const { folder, remove } = await makeFolder();
  const file = path.join(folder, 'network.safetensors');
  const layer = (inputs: number, outputs: number) => ({
    inputs,
    outputs,
    weight: ones(inputs * outputs),
    bias: ones(outputs),
  });
  const dataset = { ...SMALL.dataset, rows: 28, columns: 28, classNames: [...'0123456789'] };
  const checkpoint = {
    ...SMALL,
    layers: [layer(784, 4), layer(4, 10)],
    settings: { ...SMALL.settings, hidden: [4] },
    dataset,
  };
  await writeFile(file, EXPORT_FORMATS['.safetensors'].encode(checkpoint, '1'));
  const { page, close } = await startInstalled(installed, { args: [file] });
  await expect.poll(() => page.textOf('message'), { timeout: 30_000 }).toContain('network.safetensors is open.');
  // Until then a run is active, and the app would ask before it ends.
  await expect.poll(() => page.textOf('epoch-label'), { timeout: 30_000 }).toContain('Opened from a file');
  await close();
  await remove();
});
