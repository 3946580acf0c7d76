// Builds the app into out/, and knows whether that is up to date. Writes nothing to stdout, which belongs to the
// program that is run afterwards.
import { execFile } from 'node:child_process';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildBuiltinDataset } from './builtin-dataset.mjs';
import { inProject, projectRoot } from './project.mjs';
import { buildSmallNetwork } from './small-network.mjs';

const CONFIGS = [
  'electron.vite.config.ts',
  'build/kernels.mjs',
  'build/lean',
  'build/lean-packages.mjs',
  'build/minify-again.mjs',
  'build/pack-network.mjs',
  'build/small-network.mjs',
  'build/without-members.mjs',
  'svelte.config.js',
  'package-lock.json',
];
const SOURCES = ['src-shared', 'src-main', 'src-renderer', ...CONFIGS];
/** Its time is the one at which the newest complete build began. */
const STAMP = inProject('out/.built');

export async function build() {
  const began = new Date();
  await rm(STAMP, { force: true });
  await bundle();
  await buildBuiltinDataset();
  await buildSmallNetwork();
  await writeFile(STAMP, '');
  await utimes(STAMP, began, began);
}

export async function ensureBuilt() {
  const built = await changeTime(STAMP).catch(() => 0);
  const changed = await Promise.all(SOURCES.map((source) => newest(inProject(source))));
  if (Math.max(...changed) >= built) await build();
}

async function bundle() {
  const cli = inProject('node_modules/electron-vite/bin/electron-vite.js');
  try {
    await promisify(execFile)(process.execPath, [cli, 'build'], { cwd: projectRoot, maxBuffer: Infinity });
  } catch (error) {
    throw new Error(`The build failed.\n${error.stdout}${error.stderr}`, { cause: error });
  }
}

/** Folders count too: their time changes when a file in them is deleted. @returns milliseconds */
async function newest(place) {
  const inside = (await stat(place)).isDirectory() ? await readdir(place, { recursive: true }) : [];
  const places = [place, ...inside.map((name) => path.join(place, name))];
  return Math.max(...(await Promise.all(places.map(changeTime))));
}

const changeTime = async (place) => (await stat(place)).mtimeMs;
