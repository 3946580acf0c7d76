// Chooses the kernel build on the command line. The first command waits about a second for the trial.
import { isAbsolute, join } from 'node:path';
import { homeFolder } from '../files/home-folder';
import type { Simd } from '../trainer/engine/wasm/kernels';
import { allowWideVectors } from '../trainer/engine/wasm/revectorizer';
import { forkProbe } from './fork-probe';
import { KernelChoice } from './kernel-choice';
import { KernelMemory } from './kernel-memory';
import { runProbe, type ProbeProcess } from './run-probe';

/**
 * Finds the kernel build for commands, and remembers it in the user's cache folder.
 * @param fork starts the trial of the kernels in a process of its own
 */
export function findKernels(fork: () => ProbeProcess): Promise<Simd> {
  return new KernelChoice({
    memory: new KernelMemory(join(cacheFolder(), 'kernels.json')),
    probe: () => runProbe(fork),
  }).find();
}

/**
 * Chooses the kernel build for a command under Node. Must be called before its first engine is created.
 * @param probeScript the bundle of probe.ts
 * @returns the build to use, for which this process is then set up
 */
export async function chooseKernels(probeScript = join(__dirname, 'probe.cjs')): Promise<Simd> {
  const simd = await findKernels(() => forkProbe(probeScript));
  if (simd === 'wide') allowWideVectors();
  return simd;
}

/** The folder where each system keeps data that can be computed again. */
function cacheFolder(): string {
  const { platform, env } = process;
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homeFolder(), 'AppData', 'Local'), 'MNIST Studio', 'Cache');
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Caches', 'MNIST Studio');
  const cache = env['XDG_CACHE_HOME'] ?? ''; // ignored if it is not absolute, by the XDG specification
  return join(isAbsolute(cache) ? cache : join(homeFolder(), '.cache'), 'mnist-studio');
}
