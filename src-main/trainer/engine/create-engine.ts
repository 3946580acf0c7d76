// Chooses the engine of a run.
import type { Engine, EngineOptions } from './engine';
import { supports, type Simd } from './wasm/kernels';
import { createReferenceEngine } from './reference/reference-engine';
import { threadsThatHelp } from './wasm/thread-count';
import { createFastEngine } from './wasm/wasm-engine';

/**
 * The engine that the settings name. Float64 always gets the reference engine, the only one that has it.
 * @param simd the build of the kernels that is fastest here, replaced by plain if the runtime does not support it
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
