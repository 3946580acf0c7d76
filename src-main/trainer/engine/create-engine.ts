// Which engine a run gets.
import type { Engine, EngineOptions } from './engine';
import { supports, type Simd } from './wasm/kernels';
import { createReferenceEngine } from './reference/reference-engine';
import { threadsThatHelp } from './wasm/thread-count';
import { createFastEngine } from './wasm/wasm-engine';

/**
 * The fast engine if it was chosen and can do the job; float64 only the reference engine can.
 * @param simd the build of the kernels that is fastest here; one that the runtime cannot run is replaced by one that it
 * can
 */
export function createEngine(options: EngineOptions, simd: Simd = 'relaxed'): Engine {
  const { engine, precision, threads } = options.settings;
  if (engine === 'reference' || precision === 'float64') return createReferenceEngine(options);
  return createFastEngine({
    ...options,
    threads: threads === 0 ? threadsThatHelp() : threads,
    simd: supports(simd) ? simd : 'plain',
  });
}
