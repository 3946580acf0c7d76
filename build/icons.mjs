// npm run icons: the mark as pictures of all sizes, out of build/icons/icon.svg. electron-builder makes .ico and .icns of the largest.
import { _electron } from '@playwright/test';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { electronRuntime } from './electron-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { newProfile } from './profile.mjs';
import { inProject, main, projectRoot, sandboxFlags } from './project.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const FOLDER = inProject('build/icons');

/** Runs in a page of its own, which has no Content-Security-Policy. @returns the picture as PNG, base64 */
async function draw(svg, size) {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  canvas.getContext('2d').drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png').split(',')[1];
}

await main(async () => {
  await ensureBuilt(); // for its Chromium, which draws
  const svg = await readFile(path.join(FOLDER, 'icon.svg'), 'utf8');
  const profile = await newProfile();
  const { executable } = await electronRuntime();
  const app = await _electron.launch({ executablePath: executable, args: [...sandboxFlags, `--user-data-dir=${profile}`, projectRoot] });
  const pictures = await app.evaluate(
    async ({ BrowserWindow }, scripts) => {
      const window = new BrowserWindow({ show: false, webPreferences: { partition: 'icons' } });
      await window.loadURL('data:text/html,');
      const all = [];
      for (const script of scripts) all.push(await window.webContents.executeJavaScript(script));
      window.destroy();
      return all;
    },
    SIZES.map((size) => `(${draw})(${JSON.stringify(svg)}, ${size})`),
  );
  for (const [k, size] of SIZES.entries()) await writeFile(path.join(FOLDER, `${size}x${size}.png`), Buffer.from(pictures[k], 'base64'));
  await app.close();
  await rm(profile, { recursive: true });
});
