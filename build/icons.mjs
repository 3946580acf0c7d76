// npm run icons: the mark as pictures of all sizes, as .ico for Windows and as .icns for macOS, from
// build/icons/icon.svg.
import { _electron } from '@playwright/test';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { electronRuntime } from './electron-runtime.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { icnsFile, icoFile } from './icon-files.mjs';
import { newProfile } from './profile.mjs';
import { inProject, main, projectRoot, sandboxFlags } from './project.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const FOLDER = inProject('build/icons');

/**
 * Runs in a page of its own, which has no Content-Security-Policy.
 * @returns the picture as PNG and as pixels, both in base64
 */
async function draw(svg, size) {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0, size, size);
  const pixels = context.getImageData(0, 0, size, size).data;
  let text = '';
  for (const byte of pixels) text += String.fromCharCode(byte);
  return { size, png: canvas.toDataURL('image/png').split(',')[1], rgba: btoa(text) };
}

await main(async () => {
  await ensureBuilt(); // for its Chromium, which draws
  const svg = await readFile(path.join(FOLDER, 'icon.svg'), 'utf8');
  const profile = await newProfile();
  const { executable } = await electronRuntime();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...sandboxFlags, `--user-data-dir=${profile}`, projectRoot],
  });
  const drawn = await app.evaluate(
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
  const pictures = drawn.map(({ size, png, rgba }) => ({
    size,
    png: Buffer.from(png, 'base64'),
    rgba: Buffer.from(rgba, 'base64'),
  }));
  for (const { size, png } of pictures) await writeFile(path.join(FOLDER, `${size}x${size}.png`), png);
  await writeFile(path.join(FOLDER, 'icon.ico'), icoFile(pictures.filter(({ size }) => size <= 256)));
  await writeFile(path.join(FOLDER, 'icon.icns'), icnsFile(pictures));
  await app.close();
  await rm(profile, { recursive: true });
});
