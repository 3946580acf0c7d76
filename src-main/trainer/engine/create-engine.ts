// Which engine a run gets.
import type { Engine, EngineOptions } from './engine';
import { fastestSimd } from './kernel-choice';
import { createReferenceEngine } from './reference-engine';
import { threadsThatHelp } from './thread-count';
import { createFastEngine } from './wasm-engine';

/** The fast engine where it is chosen and can do it; float64 only the reference engine knows. */
export function createEngine(options: EngineOptions): Engine {
  const { engine, precision, threads } = options.settings;
  if (engine === 'reference' || precision === 'float64') return createReferenceEngine(options);
  return createFastEngine({ ...options, threads: threads === 0 ? threadsThatHelp() : threads, simd: fastestSimd() });
}
