// Which engine computes a run, and how.
import type { Settings } from '../settings/settings';

/**
 * Builds of the fast engine's kernels. plain runs everywhere. relaxed has fused multiply-add (Node 22, Electron 33 and
 * later). wide is relaxed with tiles twice as wide, for runtimes that turn them into 256-bit vectors, and processors
 * with 32 registers. relaxed and wide give the same weights, bit for bit; plain gives others, since it rounds each
 * product.
 */
export type KernelBuild = 'plain' | 'relaxed' | 'wide';

export interface EngineDetails {
  name: Settings['engine'];
  label: string;
  threads: number;
  precision: Settings['precision'];
  /** sparse: the first layer skips pixels that are zero. */
  firstLayer: 'sparse' | 'dense';
  /** none for the reference engine. */
  simd: 'none' | KernelBuild;
  /**
   * Whether the processor checks the kernels' memory accesses, so that V8 need not. Undefined if no kernels ran, and
   * for runs of earlier versions.
   */
  trapHandlers?: boolean | undefined;
}
