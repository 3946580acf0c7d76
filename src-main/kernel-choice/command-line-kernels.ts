// The choice of the kernels on the command line, where nobody looks at a dataset meanwhile: the first command waits a second for it.
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Simd } from '../trainer/engine/kernels';
import { allowWideVectors } from '../trainer/engine/revectorizer';
import { forkProbe } from './fork-probe';
import { KernelChoice } from './kernel-choice';
import { KernelMemory } from './kernel-memory';
import { runProbe, type ProbeProcess } from './run-probe';

/**
 * Finds the build of the kernels for commands, and remembers it in the person's cache folder.
 * @param fork starts the trial of the kernels in a process of its own
 */
export function findKernels(fork: () => ProbeProcess): Promise<Simd> {
  return new KernelChoice({ memory: new KernelMemory(join(cacheFolder(), 'kernels.json')), probe: () => runProbe(fork) }).find();
}

/**
 * For a command under Node, before its first engine is created.
 * @param probeScript the bundle of probe.ts
 * @returns the build to use; this process is set up for it
 */
export async function chooseKernels(probeScript = join(__dirname, 'probe.cjs')): Promise<Simd> {
  const simd = await findKernels(() => forkProbe(probeScript));
  if (simd === 'wide') allowWideVectors();
  return simd;
}

/** Where each system keeps what can be made again. */
function cacheFolder(): string {
  const { platform, env } = process;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'MNIST Studio', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'MNIST Studio');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'mnist-studio');
}
