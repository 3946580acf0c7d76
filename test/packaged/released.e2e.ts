// What is handed out: its fuses, its size, its desktop entry; and that it opens and trains, started as a desktop does.
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { extractFile } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { electronRuntime } from '../../build/electron-runtime.mjs';
import { startInstalled, unpackDeb, unpackTar, type Installed } from './installed';

/** As they stand in the program: the digits of 0 and 1. */
const [OFF, ON] = [48, 49];
const MOST_ADDED = 20_000_000;

let installed: Installed;
test.beforeAll(async () => void (installed = await unpackDeb()));
test.afterAll(() => installed.remove());

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort();
}

async function bytesOf(folder: string): Promise<number> {
  const sizes = await Promise.all((await filesIn(folder)).map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Of every file: its path in the folder, whether it may be run, what is in it. */
async function contentOf(folder: string): Promise<string[]> {
  const describe = async (file: string) =>
    `${path.relative(folder, file)} ${(await stat(file)).mode & 0o111 ? 'program' : 'file'} ${createHash('sha256').update(await readFile(file)).digest('hex')}`;
  const content: string[] = [];
  for (const file of await filesIn(folder)) content.push(await describe(file));
  return content;
}

test('closes the doors that Electron leaves open for developers', async () => {
  const wire = await getCurrentFuseWire(installed.executable);
  const expected = {
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.EnableCookieEncryption]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  };
  for (const [fuse, on] of Object.entries(expected)) {
    expect(wire[fuse as unknown as FuseV1Options], FuseV1Options[Number(fuse)]).toBe(on ? ON : OFF);
  }
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
  const all = JSON.parse(extractFile(path.join(installed.folder, 'resources/app.asar'), 'out/licences.json').toString()) as { name: string; licence: string; text: string }[];
  const names = all.map(({ name }) => name);
  for (const name of ['@fontsource-variable/inter', 'chart.js', 'fflate', 'svelte', 'umap-js', 'zod']) expect(names).toContain(name);
  for (const { name, licence, text } of all) expect(`${name}: ${licence} ${text}`).toMatch(/MIT|BSD|ISC|Apache|OFL|CC0|Unlicense/);
});

test('is a program of its own on a desktop: a name, pictures in all sizes, files that it can open', async () => {
  const { entry, folder } = installed;
  expect(entry).toMatchObject({ Name: 'MNIST Studio', Type: 'Application', Icon: 'mnist-studio', Categories: 'Education;Science;' });
  expect(entry['MimeType']).toContain('application/x-onnx');
  const root = folder.slice(0, folder.indexOf('/opt/'));
  for (const size of [16, 32, 48, 256, 512]) {
    const png = await readFile(path.join(root, `usr/share/icons/hicolor/${size}x${size}/apps/mnist-studio.png`));
    expect(png.readUInt32BE(16)).toBe(size);
  }
});

test('opens from its own folder, reads the built-in digits and learns them, whatever the environment tells Node', async () => {
  const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect=0' };
  const { page, output, close } = await startInstalled(installed, { env, args: ['--inspect=0'] });
  await page.click('open-builtin');
  await expect.poll(() => page.textOf('dataset-summary'), { timeout: 20_000 }).toContain('60,000 train');
  await page.click('train');
  await expect.poll(() => page.textOf('epoch-label'), { timeout: 60_000 }).toMatch(/^Epoch [1-9]/);
  await page.click('stop');
  await expect.poll(() => page.textOf('epoch-label'), { timeout: 20_000 }).toContain('Stopped');
  const accuracy = /([\d.]+)%/.exec(await page.textOf('epoch-label'))![1];
  expect(Number(accuracy)).toBeGreaterThan(85);
  expect(page.errors).toEqual([]);
  expect(output()).not.toContain('Debugger listening');
  await close();
});
