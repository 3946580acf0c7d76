// The choice of the kernels on the command line, where nobody looks at a dataset meanwhile: the first command waits a
// second for it.
import { isAbsolute, join } from 'node:path';
import { homeFolder } from '../files/home-folder';
import type { Simd } from '../trainer/engine/wasm/kernels';
import { allowWideVectors } from '../trainer/engine/wasm/revectorizer';
import { forkProbe } from './fork-probe';
import { KernelChoice } from './kernel-choice';
import { KernelMemory } from './kernel-memory';
import { runProbe, type ProbeProcess } from './run-probe';

/**
 * Finds the build of the kernels for commands, and remembers it in the person's cache folder.
 * @param fork starts the trial of the kernels in a process of its own
 */
export function findKernels(fork: () => ProbeProcess): Promise<Simd> {
  return new KernelChoice({
    memory: new KernelMemory(join(cacheFolder(), 'kernels.json')),
    probe: () => runProbe(fork),
  }).find();
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
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homeFolder(), 'AppData', 'Local'), 'MNIST Studio', 'Cache');
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Caches', 'MNIST Studio');
  const cache = env['XDG_CACHE_HOME'] ?? ''; // to be ignored if it is not absolute, as its standard says
  return join(isAbsolute(cache) ? cache : join(homeFolder(), '.cache'), 'mnist-studio');
}
